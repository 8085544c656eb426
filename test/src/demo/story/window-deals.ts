import { addDays, daysBetween, laterOf, slots, type Day } from './calendar.ts';
import type { Segment } from './catalogue.ts';
import { amountOf, closingDay, type DealDraft } from './deal-draft.ts';
import { WINDOW_FROM, WINDOW_TO, type SalesPerson } from './people.ts';
import { randomOf, spread, type Random } from './random.ts';
import { ZHANGSAN, type WindowTarget } from './targets.ts';

/** Nobody closes a deal in the first days of a job, nor in the last week of the window. */
const FIRST_CLOSING_DAYS = 24;
const LAST_CLOSING: Day = '2026-09-23';

interface Planned {
  readonly closedOn: Day;
  readonly days: number;
}

interface Ended extends Planned {
  readonly won: boolean;
}

interface Owner {
  readonly person: SalesPerson;
  readonly customers: readonly string[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Durations around their mean with the given sum: none below 2 days, none more than twice the mean. */
const durations = (random: Random, total: number, count: number): number[] => {
  const mean = count === 0 ? 0 : total / count;
  return spread(random, total, count, [Math.max(2, Math.floor(mean * 0.45)), Math.ceil(mean * 1.8)]);
};

function planned(random: Random, owner: Owner, days: readonly number[]): Planned[] {
  const from = laterOf(WINDOW_FROM, addDays(owner.person.hiredOn, FIRST_CLOSING_DAYS));
  return slots(random, days.length, addDays(from, 8), LAST_CLOSING).map((wanted, index) => {
    const length = Math.min(days[index] ?? 0, daysBetween(owner.person.hiredOn, wanted));
    if (length !== days[index])
      throw new Error(`${owner.person.userid} cannot have opened a deal before the first day`);
    return { closedOn: closingDay(wanted, length, [laterOf(WINDOW_FROM, from), LAST_CLOSING]), days: length };
  });
}

/** Which of the plans are won: as many as told, none on or after the given day. */
function winners(random: Random, plans: readonly Planned[], count: number, before: Day): Set<number> {
  const eligible = plans.flatMap((plan, index) => (plan.closedOn < before ? [index] : []));
  if (eligible.length < count) throw new Error('too few days on which a deal could be won');
  return new Set(random.sample(eligible, count));
}

const draftOf = (random: Random, owner: Owner, segment: Segment, plan: Ended): DealDraft => ({
  person: owner.person,
  segment,
  status: plan.won ? 'won' : 'lost',
  openedOn: addDays(plan.closedOn, -plan.days),
  closedOn: plan.closedOn,
  customer: random.pick(owner.customers),
  amount: amountOf(random, segment),
});

const noWinFrom = (person: SalesPerson): Day =>
  person.userid === ZHANGSAN.userid ? ZHANGSAN.noOtherWinFrom : addDays(WINDOW_TO, 1);

/** Zhang San's contract of the quarter is told by itself; the other large deals make up the rest of his sums. */
function toldDeals(owner: Owner): DealDraft[] {
  if (owner.person.userid !== ZHANGSAN.userid) return [];
  const { contract, customer } = ZHANGSAN;
  return [
    {
      person: owner.person,
      segment: 'large',
      status: 'won',
      openedOn: contract.openedOn,
      closedOn: contract.closedOn,
      customer,
      amount: contract.amount,
      contractYears: 2,
      product: contract.product,
    },
  ];
}

/** Puts the first large deal ever won on its day where that day lies in the window. */
function withFirstWin(
  plans: readonly Planned[],
  firstWonOn: Day | null,
): { plans: Planned[]; first: number | null } {
  if (firstWonOn === null || firstWonOn < WINDOW_FROM) return { plans: [...plans], first: null };
  const gap = (plan: Planned | undefined): number =>
    Math.abs(daysBetween(plan?.closedOn ?? WINDOW_TO, firstWonOn));
  const first = plans.reduce((best, plan, index) => (gap(plan) < gap(plans[best]) ? index : best), 0);
  return {
    plans: plans.map((plan, index) => (index === first ? { ...plan, closedOn: firstWonOn } : plan)),
    first,
  };
}

function largeClosed(
  random: Random,
  owner: Owner,
  target: WindowTarget['large'],
  told: readonly DealDraft[],
): DealDraft[] {
  const toldDays = sum(told.map((deal) => daysBetween(deal.openedOn, deal.closedOn ?? deal.openedOn)));
  const days = durations(
    random,
    target.followupDays - sum(target.openDays) - toldDays,
    target.closed - told.length,
  );
  const { plans, first } = withFirstWin(planned(random, owner, days), target.firstWonOn);
  const rest = plans.map((plan) =>
    first !== null && plan.closedOn <= (target.firstWonOn ?? '') ? { ...plan, closedOn: '9999' } : plan,
  );
  const count = target.won - told.length - (first === null ? 0 : 1);
  const won = winners(random, rest, count, noWinFrom(owner.person));
  return plans.map((plan, index) =>
    draftOf(random, owner, 'large', { ...plan, won: won.has(index) || index === first }),
  );
}

const largeOpen = (random: Random, owner: Owner, openDays: readonly number[]): DealDraft[] =>
  openDays.map((days) => ({
    person: owner.person,
    segment: 'large',
    status: 'open',
    openedOn: addDays(WINDOW_TO, -days),
    closedOn: null,
    customer: random.pick(owner.customers),
    amount: amountOf(random, 'large'),
  }));

function smallClosed(random: Random, owner: Owner, target: WindowTarget['small']): DealDraft[] {
  const wonDays = durations(random, target.cycleDays, target.won);
  const lostDays = Array.from({ length: target.closed - target.won }, () => random.int(4, 21));
  const random2 = randomOf(`${owner.person.userid} small order`);
  const from = laterOf(WINDOW_FROM, addDays(owner.person.hiredOn, FIRST_CLOSING_DAYS));
  const plans = slots(random, target.closed, addDays(from, 8), LAST_CLOSING);
  const won = winners(
    random2,
    plans.map((closedOn) => ({ closedOn, days: 0 })),
    target.won,
    noWinFrom(owner.person),
  );
  let nextWon = 0;
  let nextLost = 0;
  return plans.map((wanted, index) => {
    const days = (won.has(index) ? wonDays[nextWon++] : lostDays[nextLost++]) ?? 0;
    const latest = won.has(index) ? addDays(noWinFrom(owner.person), -1) : LAST_CLOSING;
    const closedOn = closingDay(wanted, days, [from, latest < LAST_CLOSING ? latest : LAST_CLOSING]);
    return draftOf(random, owner, 'small', { closedOn, days, won: won.has(index) });
  });
}

/** Large and small deals that the scoring window counts, with exactly the sums of the target. */
export function windowDeals(owner: Owner, target: WindowTarget): DealDraft[] {
  const random = randomOf(`${owner.person.userid} window deals`);
  const told = toldDeals(owner);
  return [
    ...told,
    ...largeClosed(random, owner, target.large, told),
    ...largeOpen(random, owner, target.large.openDays),
    ...smallClosed(random, owner, target.small),
  ];
}
