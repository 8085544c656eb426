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
import { customersOf } from './catalogue.ts';
import { amountOf, employedWithin } from './deal-draft.ts';
import { RECORDED_UNTIL, WINDOW_FROM, WINDOW_TO, type SalesPerson } from './people.ts';
import { randomOf, type Random } from './random.ts';
import { numbered, yesNo, yuan, type Row } from './rows.ts';
import { WINDOW_TARGETS, ZHANGSAN, type WindowTarget } from './targets.ts';

interface Owner {
  readonly person: SalesPerson;
  readonly customers: readonly string[];
}

/** Renewals of the time before the window in percent of those that fell due. */
const LEAVER_RENEWED_PERCENT = 40;

function rowOf(random: Random, owner: Owner, dueOn: Day, renewed: boolean): Row {
  const segment = random.chance(6) ? 'medium' : 'small';
  const renewedOn = workdayFrom(addDays(dueOn, -random.int(2, 24)));
  return {
    customer: random.pick(owner.customers),
    employee: owner.person.name,
    due_on: dueOn,
    renewed: yesNo(renewed),
    renewed_on: renewed ? earlierOf(renewedOn, RECORDED_UNTIL) : '',
    amount: renewed ? yuan(amountOf(random, segment)) : '',
    years: renewed ? String(random.pick([1, 1, 1, 2])) : '',
  };
}

/** The rows of the window: as many due and as many of them renewed as the target says. */
function windowRows(random: Random, owner: Owner, target: WindowTarget['renewals']): Row[] {
  const isZhangsan = owner.person.userid === ZHANGSAN.userid;
  const count = target.due - (isZhangsan ? 1 : 0);
  const from = laterOf(WINDOW_FROM, addDays(owner.person.hiredOn, 21));
  const last = isZhangsan ? '2026-06-30' : WINDOW_TO;
  const days = slots(random, count, addDays(from, 5), last);
  const renewed = new Set(
    random.sample(
      days.map((_, index) => index),
      target.renewed - (isZhangsan ? 1 : 0),
    ),
  );
  const rows = days.map((dueOn, index) => rowOf(random, owner, dueOn, renewed.has(index)));
  return isZhangsan ? [...rows, toldRenewal(owner)] : rows;
}

const toldRenewal = (owner: Owner): Row => ({
  customer: ZHANGSAN.customer,
  employee: owner.person.name,
  due_on: ZHANGSAN.renewal.dueOn,
  renewed: yesNo(true),
  renewed_on: ZHANGSAN.renewal.renewedOn,
  amount: yuan(ZHANGSAN.renewal.amount),
  years: String(ZHANGSAN.renewal.years),
});

/** Contracts that fell due before the window; a leaver's up to the last day. */
function earlierRows(random: Random, owner: Owner, target: WindowTarget | undefined): Row[] {
  const perQuarter = target ? Math.max(1, Math.round(target.renewals.due / 4)) : 2;
  const percent = target
    ? Math.round((target.renewals.renewed * 100) / target.renewals.due)
    : LEAVER_RENEWED_PERCENT;
  return quarters('2023Q4', target ? '2025Q3' : '2026Q3').flatMap(({ from, to }) => {
    const span = employedWithin(owner.person, laterOf(from, addDays(owner.person.hiredOn, 25)), to);
    if (span === null || daysBetween(...span) < 25) return [];
    return slots(random, perQuarter, addDays(span[0], 2), span[1]).map((dueOn) =>
      rowOf(random, owner, dueOn, random.chance(percent)),
    );
  });
}

/** All contracts that fell due, numbered in that order. */
export function renewalRows(people: readonly SalesPerson[]): Row[] {
  const rows = people.flatMap((person, index) => {
    const owner = { person, customers: customersOf(index) };
    const random = randomOf(`${person.userid} renewals`);
    const target = WINDOW_TARGETS.find(({ userid }) => userid === person.userid);
    return [
      ...(target ? windowRows(random, owner, target.renewals) : []),
      ...earlierRows(random, owner, target),
    ];
  });
  return numbered(rows, 'renewal_id', 'XY', 'due_on');
}
