import { addDays, daysBetween, laterOf, quarters, slots, workdayFrom } from './calendar.ts';
import { customersOf } from './catalogue.ts';
import { employedWithin } from './deal-draft.ts';
import { feedbackText } from './feedback-texts.ts';
import { WINDOW_FROM, type SalesPerson } from './people.ts';
import { randomOf, spread, type Random } from './random.ts';
import { numbered, type Row } from './rows.ts';
import { WINDOW_TARGETS, ZHANGSAN, type WindowTarget } from './targets.ts';

/** The praise that his team likes to quote stands under one of Zhang San's days. */
const LEAVER_MEAN_TENTHS = 82;
const LAST_DAY = '2026-09-24';

/** Scores in tenths around a mean; Zhang San's are all the same. The sum is exact. */
function scores(random: Random, person: SalesPerson, count: number, meanTenths: number): number[] {
  const play = person.userid === ZHANGSAN.userid ? 0 : 7;
  return spread(random, meanTenths * count, count, [meanTenths - 2 * play, Math.min(100, meanTenths + play)]);
}

const scoreText = (tenths: number): string => `${Math.floor(tenths / 10)}.${tenths % 10}`;

function rowsOf(
  random: Random,
  person: SalesPerson,
  customers: readonly string[],
  days: readonly string[],
  tenths: readonly number[],
): Row[] {
  return days.map((day, index) => {
    const score = tenths[index] ?? 0;
    return {
      customer: random.pick(customers),
      employee: person.name,
      given_on: workdayFrom(day),
      score: scoreText(score),
      text: feedbackText(random, score),
    };
  });
}

function windowDays(random: Random, person: SalesPerson, target: WindowTarget['feedback']): string[] {
  const from = laterOf(WINDOW_FROM, addDays(person.hiredOn, 21));
  return slots(random, target.count, addDays(from, 8), addDays(LAST_DAY, -5));
}

/** Feedback before the window; of a leaver up to the last day. */
function earlierRows(
  random: Random,
  person: SalesPerson,
  customers: readonly string[],
  target: WindowTarget | undefined,
): Row[] {
  const perQuarter = target ? Math.max(1, Math.round(target.feedback.count / 4)) : 2;
  const mean = target ? target.feedback.meanTenths : LEAVER_MEAN_TENTHS;
  return quarters('2023Q4', target ? '2025Q3' : '2026Q3').flatMap(({ from, to }) => {
    const span = employedWithin(person, laterOf(from, addDays(person.hiredOn, 21)), to);
    if (span === null || daysBetween(...span) < 20) return [];
    const days = slots(random, perQuarter, addDays(span[0], 3), addDays(span[1], -9));
    return rowsOf(random, person, customers, days, scores(random, person, perQuarter, mean));
  });
}

/** All customer feedback, numbered in the order in which it was given. */
export function feedbackRows(people: readonly SalesPerson[]): Row[] {
  const rows = people.flatMap((person, index) => {
    const random = randomOf(`${person.userid} feedback`);
    const customers = customersOf(person.userid, index);
    const target = WINDOW_TARGETS.find(({ userid }) => userid === person.userid);
    const window = target
      ? rowsOf(
          random,
          person,
          customers,
          windowDays(random, person, target.feedback),
          scores(random, person, target.feedback.count, target.feedback.meanTenths),
        )
      : [];
    return [...window, ...earlierRows(random, person, customers, target)];
  });
  return numbered(rows, 'feedback_id', 'FK', 'given_on');
}
