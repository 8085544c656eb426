import { addDays, daysBetween, laterOf, quarters, slots, workdayFrom } from './calendar.ts';
import { customersOf } from './catalogue.ts';
import { employedWithin } from './deal-draft.ts';
import { feedbackText } from './feedback-texts.ts';
import { WINDOW_FROM, type SalesPerson } from './people.ts';
import { randomOf, spread, type Random } from './random.ts';
import { numbered, type Row } from './rows.ts';
import { WINDOW_TARGETS, ZHANGSAN, type WindowTarget } from './targets.ts';

const LEAVER_MEAN_TENTHS = 82;
const LAST_DAY = '2026-09-24';

/** Scores in tenths around a mean; Zhang San's are all the same. The sum is exact. */
function scores(random: Random, person: SalesPerson, count: number, meanTenths: number): number[] {
  const play = person.userid === ZHANGSAN.userid ? 0 : 7;
  return spread(random, meanTenths * count, count, [meanTenths - 2 * play, Math.min(100, meanTenths + play)]);
}

const scoreText = (tenths: number): string => `${Math.floor(tenths / 10)}.${tenths % 10}`;

interface Owner {
  readonly person: SalesPerson;
  readonly customers: readonly string[];
}

function rowsOf(random: Random, owner: Owner, days: readonly string[], tenths: readonly number[]): Row[] {
  return days.map((day, index) => {
    const score = tenths[index] ?? 0;
    return {
      customer: random.pick(owner.customers),
      employee: owner.person.name,
      given_on: workdayFrom(day),
      score: scoreText(score),
      text: feedbackText(random, score),
    };
  });
}

function windowRows(random: Random, owner: Owner, { count, meanTenths }: WindowTarget['feedback']): Row[] {
  const from = laterOf(WINDOW_FROM, addDays(owner.person.hiredOn, 21));
  const days = slots(random, count, addDays(from, 8), addDays(LAST_DAY, -5));
  return rowsOf(random, owner, days, scores(random, owner.person, count, meanTenths));
}

/** The last feedback is that of the customer whose contract is told. */
const withTold = (rows: readonly Row[]): Row[] =>
  rows.map((row, index) =>
    index === rows.length - 1 ? { ...row, customer: ZHANGSAN.customer, text: ZHANGSAN.feedback } : row,
  );

/** Feedback before the window; of a leaver up to the last day. */
function earlierRows(random: Random, owner: Owner, target: WindowTarget | undefined): Row[] {
  const { person } = owner;
  const perQuarter = target ? Math.max(1, Math.round(target.feedback.count / 4)) : 2;
  const mean = target ? target.feedback.meanTenths : LEAVER_MEAN_TENTHS;
  return quarters('2023Q4', target ? '2025Q3' : '2026Q3').flatMap(({ from, to }) => {
    const span = employedWithin(person, laterOf(from, addDays(person.hiredOn, 21)), to);
    if (span === null || daysBetween(...span) < 20) return [];
    const days = slots(random, perQuarter, addDays(span[0], 3), addDays(span[1], -9));
    return rowsOf(random, owner, days, scores(random, person, perQuarter, mean));
  });
}

/** All customer feedback, numbered in the order in which it was given. */
export function feedbackRows(people: readonly SalesPerson[]): Row[] {
  const rows = people.flatMap((person, index) => {
    const random = randomOf(`${person.userid} feedback`);
    const owner = { person, customers: customersOf(index) };
    const target = WINDOW_TARGETS.find(({ userid }) => userid === person.userid);
    const window = target ? windowRows(random, owner, target.feedback) : [];
    return [
      ...(person.userid === ZHANGSAN.userid ? withTold(window) : window),
      ...earlierRows(random, owner, target),
    ];
  });
  return numbered(rows, 'feedback_id', 'FK', 'given_on');
}
