import {
  addDays,
  daysBetween,
  earlierOf,
  laterOf,
  quarters,
  slots,
  workdayFrom,
  type Day,
} from './calendar.ts';
import type { Segment } from './catalogue.ts';
import { amountOf, closingDay, employedWithin, type DealDraft } from './deal-draft.ts';
import { WINDOW_FROM, type SalesPerson } from './people.ts';
import { randomOf, type Random } from './random.ts';
import { NEVER_WON_LARGE, WINDOW_TARGETS, ZHANGSAN, type WindowTarget } from './targets.ts';

interface Owner {
  readonly person: SalesPerson;
  readonly customers: readonly string[];
}

/** How an average salesperson did before the programme, for leavers, who have no target. */
const LEAVER_SMALL_WIN_PERCENT = 48;
const LEAVER_SMALL_DEALS_A_QUARTER = 6;
/** The history begins here, and from 2024Q4 on the company tried larger customers. */
const FIRST_QUARTER = '2023Q4';
const FIRST_LARGE_QUARTER = '2024Q4';

const closedDraft = (
  random: Random,
  owner: Owner,
  deal: { segment: Segment; won: boolean; closedOn: Day; days: number },
): DealDraft => ({
  person: owner.person,
  segment: deal.segment,
  status: deal.won ? 'won' : 'lost',
  openedOn: laterOf(workdayFrom(owner.person.hiredOn), addDays(deal.closedOn, -deal.days)),
  closedOn: deal.closedOn,
  customer: random.pick(owner.customers),
  amount: amountOf(random, deal.segment),
});

/** Small and medium deals of the quarters before the window; of a leaver up to the last day. */
function earlierSmall(random: Random, owner: Owner, target: WindowTarget | undefined): DealDraft[] {
  const perQuarter = target ? Math.round(target.small.closed / 4) : LEAVER_SMALL_DEALS_A_QUARTER;
  const winPercent = target
    ? Math.round((target.small.won * 100) / target.small.closed) - 4
    : LEAVER_SMALL_WIN_PERCENT;
  return quarters(FIRST_QUARTER, target ? '2025Q3' : '2026Q3').flatMap(({ from, to }) => {
    const span = employedWithin(owner.person, laterOf(from, addDays(owner.person.hiredOn, 25)), to);
    if (span === null || daysBetween(...span) < 20) return [];
    const count = Math.max(1, Math.round((perQuarter * daysBetween(...span)) / 91) + random.int(-1, 1));
    return slots(random, count, span[0], span[1]).map((wanted) => {
      const days = random.int(4, 15);
      const segment = random.chance(12) ? 'medium' : 'small';
      return closedDraft(random, owner, {
        segment,
        won: random.chance(winPercent),
        closedOn: closingDay(wanted, days, span),
        days,
      });
    });
  });
}

/** Large deals tried and lost before the window. */
function earlierLargeLost(random: Random, owner: Owner, target: WindowTarget | undefined): DealDraft[] {
  if (owner.person.userid === 'lisi') return [];
  const mean = target ? target.large.followupDays / (target.large.closed + target.large.openDays.length) : 12;
  return quarters(FIRST_LARGE_QUARTER, target ? '2025Q3' : '2026Q3').flatMap(({ from, to }) => {
    const span = employedWithin(owner.person, laterOf(from, addDays(owner.person.hiredOn, 40)), to);
    if (span === null || daysBetween(...span) < 20) return [];
    return slots(random, random.int(1, 2), span[0], span[1]).map((wanted) => {
      const days = Math.max(3, Math.round(mean) + random.int(-4, 4));
      return closedDraft(random, owner, {
        segment: 'large',
        won: false,
        closedOn: closingDay(wanted, days, span),
        days,
      });
    });
  });
}

/** The first large deal ever won, where it lies before the window, and one in each of the quarters that follow. */
function earlierLargeWon(random: Random, owner: Owner, target: WindowTarget | undefined): DealDraft[] {
  const firstWonOn = target?.large.firstWonOn;
  if (!target || !firstWonOn || firstWonOn >= WINDOW_FROM) return [];
  const days = Math.round(target.large.followupDays / (target.large.closed + target.large.openDays.length));
  const openedOn = addDays(firstWonOn, -days);
  const first = closedDraft(random, owner, { segment: 'large', won: true, closedOn: firstWonOn, days });
  const after = Math.min(3, Math.floor(daysBetween(firstWonOn, '2025-09-15') / 100));
  return [
    { ...first, openedOn: workdayFrom(openedOn) },
    ...slots(random, after, addDays(firstWonOn, 60), '2025-09-20').map((wanted) => {
      const length = days + random.int(-3, 3);
      const closedOn = closingDay(wanted, length, [addDays(firstWonOn, 20), '2025-09-28']);
      return closedDraft(random, owner, { segment: 'large', won: true, closedOn, days: length });
    }),
  ];
}

/** Medium deals of the window count in no rate; Zhang San closes none in the quarter of his statement. */
function windowMedium(random: Random, owner: Owner): DealDraft[] {
  const last = owner.person.userid === ZHANGSAN.userid ? '2026-03-31' : '2026-09-22';
  const span = employedWithin(owner.person, laterOf(WINDOW_FROM, addDays(owner.person.hiredOn, 30)), last);
  if (span === null || daysBetween(...span) < 60) return [];
  return slots(random, random.int(2, 5), addDays(span[0], 8), span[1]).map((wanted) => {
    const days = random.int(7, 24);
    const won = random.chance(NEVER_WON_LARGE.includes(owner.person.userid) ? 35 : 45);
    return closedDraft(random, owner, {
      segment: 'medium',
      won,
      closedOn: closingDay(wanted, days, span),
      days,
    });
  });
}

/** What is being talked about today: small and medium deals still open, now and then without an amount. */
function openNow(random: Random, owner: Owner): DealDraft[] {
  if (owner.person.leftOn !== null) return [];
  return slots(random, random.int(1, 4), '2026-08-26', '2026-10-09').map((wanted) => {
    const unknown = random.chance(20);
    const segment = random.chance(30) ? 'medium' : 'small';
    const openedOn = workdayFrom(earlierOf(wanted, '2026-10-09'));
    const customer = random.pick(owner.customers);
    const amount = unknown ? null : amountOf(random, segment);
    return { person: owner.person, segment, status: 'open', openedOn, closedOn: null, customer, amount };
  });
}

/** The contract of 150,000 that Zhang San renews was signed by a colleague who has left since. */
const handedOver = (owner: Owner): DealDraft[] =>
  owner.person.userid !== 'kongli'
    ? []
    : [
        {
          person: owner.person,
          segment: 'large',
          status: 'won',
          openedOn: '2024-08-12',
          closedOn: '2024-09-30',
          customer: ZHANGSAN.customer,
          amount: ZHANGSAN.renewal.amount,
          contractYears: 2,
          product: ZHANGSAN.contract.product,
        },
      ];

/** Everything that the scoring window of 2026Q3 does not count: earlier quarters, medium deals, open small ones, leavers. */
export function otherDeals(owner: Owner): DealDraft[] {
  const random = randomOf(`${owner.person.userid} other deals`);
  const target = WINDOW_TARGETS.find(({ userid }) => userid === owner.person.userid);
  return [
    ...earlierSmall(random, owner, target),
    ...earlierLargeLost(random, owner, target),
    ...earlierLargeWon(random, owner, target),
    ...handedOver(owner),
    ...(target ? windowMedium(random, owner) : []),
    ...openNow(random, owner),
  ];
}
