import {
  addDays,
  at,
  daysBetween,
  earlierOf,
  laterOf,
  quarters,
  slots,
  workdayFrom,
  workdaysLater,
  type Day,
} from './calendar.ts';
import { DEPARTMENT_SUBJECTS } from './catalogue.ts';
import { employedWithin } from './deal-draft.ts';
import type { SalesPerson } from './people.ts';
import { randomOf, type Random } from './random.ts';
import { numbered, yesNo, type Row } from './rows.ts';
import { NEVER_ASKS, WINDOW_TARGETS, ZHANGSAN, type WindowTarget } from './targets.ts';

/** Minutes of a day between which people ask and answer. */
const ASK = { from: 9 * 60, to: 17 * 60 } as const;
const ANSWER = { from: 8 * 60 + 40, to: 19 * 60 + 30 } as const;
const MINUTES_PER_DAY = 1440;
/** Nobody waits for an answer longer than so many workdays. */
const LONGEST_WORKDAYS = 4;
/** Requests of the last days are left out, so that every one of the window has been answered and resolved by its end. */
const LAST_REQUEST: Day = '2026-09-17';
/** In the quarters before the window people asked less. */
const EARLIER_PERCENT = 70;

/** One request: the day and minute it was made, and after how many workdays, at which minute, it was answered. */
interface Request {
  readonly day: Day;
  readonly minute: number;
  workdays: number;
  answerMinute: number;
}

const minutesOf = (request: Request): number =>
  daysBetween(request.day, workdaysLater(request.day, request.workdays)) * MINUTES_PER_DAY +
  request.answerMinute -
  request.minute;

const earliestAnswer = (request: Request): number =>
  request.workdays === 0 ? Math.max(ANSWER.from, request.minute + 10) : ANSWER.from;

/** Requests whose answers take `total` minutes together: first by workdays, then to the minute within office hours. */
function requestsOf(random: Random, days: readonly Day[], total: number): Request[] {
  const requests = days.map((day): Request => {
    const minute = random.int(ASK.from, ASK.to);
    const request = { day: workdayFrom(day), minute, workdays: 0, answerMinute: 0 };
    return { ...request, answerMinute: random.int(earliestAnswer(request), ANSWER.to) };
  });
  let missing = total - requests.reduce((sum, request) => sum + minutesOf(request), 0);
  for (let round = 0; missing > MINUTES_PER_DAY / 2 && round < requests.length * 40; round += 1) {
    const request = random.pick(requests);
    if (request.workdays >= LONGEST_WORKDAYS) continue;
    const before = minutesOf(request);
    const more = minutesOf({ ...request, workdays: request.workdays + 1 }) - before;
    if (more > missing + MINUTES_PER_DAY / 2) continue;
    request.workdays += 1;
    missing -= more;
  }
  return settle(requests, missing);
}

/** Moves the answers of as many requests as needed, evenly, until the sum is exact or office hours leave no room. */
function settle(requests: Request[], difference: number): Request[] {
  let missing = difference;
  for (let round = 0; missing !== 0 && round < 400; round += 1) {
    for (const [index, request] of requests.entries()) {
      const share = Math.trunc(missing / (requests.length - index)) || Math.sign(missing);
      const room =
        share > 0 ? ANSWER.to - request.answerMinute : earliestAnswer(request) - request.answerMinute;
      const move = share > 0 ? Math.min(share, room) : Math.max(share, room);
      request.answerMinute += move;
      missing -= move;
      if (missing === 0) return requests;
    }
  }
  return requests;
}

type Outcome = 'solved' | 'unsolved' | 'unresolved';

function rowOf(random: Random, person: SalesPerson, request: Request, outcome: Outcome): Row {
  const [department, subjects] = random.pick(DEPARTMENT_SUBJECTS);
  const answeredOn = workdaysLater(request.day, request.workdays);
  const sameDay = request.answerMinute < ANSWER.to - 90 && random.chance(35);
  const workday = sameDay ? 0 : random.int(1, 2);
  const resolvedOn = workdaysLater(answeredOn, workday);
  const minute = sameDay
    ? random.int(request.answerMinute + 15, ANSWER.to)
    : random.int(ANSWER.from, ANSWER.to);
  return {
    employee: person.name,
    to_department: department,
    subject: random.pick(subjects),
    requested_at: at(request.day, request.minute),
    responded_at: at(answeredOn, request.answerMinute),
    resolved_at: outcome === 'unresolved' ? '' : at(resolvedOn, minute),
    solved: outcome === 'unresolved' ? '' : yesNo(outcome === 'solved'),
  };
}

/** `count` outcomes with the given numbers of resolved and solved ones, mixed. */
function outcomes(random: Random, count: number, resolved: number, solved: number): Outcome[] {
  const places = random.sample(
    Array.from({ length: count }, (_, index) => index),
    resolved,
  );
  const good = new Set(random.sample(places, solved));
  const done = new Set(places);
  return Array.from({ length: count }, (_, index) =>
    good.has(index) ? 'solved' : done.has(index) ? 'unsolved' : 'unresolved',
  );
}

/** Zhang San: those of his last quarter that were resolved are the told number, and all of them were solved. */
function zhangsanOutcomes(
  random: Random,
  days: readonly Day[],
  target: WindowTarget['collaborations'],
): Outcome[] {
  const before = days.filter((day) => day < '2026-06-20').length;
  const between = days.filter((day) => day >= '2026-06-20' && day < '2026-07-01').length;
  const after = days.length - before - between;
  const { solvedInQuarter } = ZHANGSAN;
  return [
    ...outcomes(random, before, target.resolved - solvedInQuarter, target.solved - solvedInQuarter),
    ...outcomes(random, between, 0, 0),
    ...outcomes(random, after, solvedInQuarter, solvedInQuarter),
  ];
}

function windowRows(random: Random, person: SalesPerson, target: WindowTarget['collaborations']): Row[] {
  const from = laterOf('2025-10-09', addDays(person.hiredOn, 5));
  const days = slots(random, target.requested, addDays(from, 2), LAST_REQUEST).map(workdayFrom).sort();
  const requests = requestsOf(random, days, target.responseMinutes);
  const sum = requests.reduce((total, request) => total + minutesOf(request), 0);
  if (sum !== target.responseMinutes) throw new Error(`${person.userid}: answers took ${sum} minutes`);
  const ends =
    person.userid === ZHANGSAN.userid
      ? zhangsanOutcomes(random, days, target)
      : outcomes(random, days.length, target.resolved, target.solved);
  return requests.map((request, index) => rowOf(random, person, request, ends[index] ?? 'unresolved'));
}

/** Requests of the time before the window, all settled before it; of a leaver up to the last weeks. */
function earlierRows(random: Random, person: SalesPerson, target: WindowTarget | undefined): Row[] {
  const perQuarter = target ? Math.round((target.collaborations.requested * EARLIER_PERCENT) / 400) : 5;
  const minutes = target
    ? Math.round(target.collaborations.responseMinutes / target.collaborations.requested) + 90
    : 1500;
  const percent = target
    ? Math.round((target.collaborations.solved * 100) / target.collaborations.resolved)
    : 60;
  return quarters('2023Q4', target ? '2025Q3' : '2026Q3').flatMap(({ from, to }) => {
    const span = employedWithin(person, laterOf(from, addDays(person.hiredOn, 14)), to);
    if (span === null || daysBetween(...span) < 30) return [];
    const last = earlierOf(addDays(span[1], -14), '2025-09-15' > span[0] ? '2025-09-15' : span[1]);
    const days = slots(random, perQuarter, addDays(span[0], 2), last).map(workdayFrom);
    return requestsOf(random, days, minutes * perQuarter).map((request) =>
      rowOf(
        random,
        person,
        request,
        random.chance(percent) ? 'solved' : random.chance(50) ? 'unsolved' : 'unresolved',
      ),
    );
  });
}

/** All requests to other departments, numbered in the order in which they were made. */
export function collaborationRows(people: readonly SalesPerson[]): Row[] {
  const rows = people
    .filter(({ userid }) => userid !== NEVER_ASKS)
    .flatMap((person) => {
      const random = randomOf(`${person.userid} collaborations`);
      const target = WINDOW_TARGETS.find(({ userid }) => userid === person.userid);
      return [
        ...(target ? windowRows(random, person, target.collaborations) : []),
        ...earlierRows(random, person, target),
      ];
    });
  return numbered(rows, 'collaboration_id', 'XZ', 'requested_at');
}
