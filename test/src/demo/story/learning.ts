import { addDays, slots, workdayFrom, type Day } from './calendar.ts';
import { COURSES } from './catalogue.ts';
import { MOVED, WINDOW_TARGETS } from './targets.ts';
import { HISTORY_FROM, RECORDED_UNTIL, type SalesPerson } from './people.ts';
import { randomOf } from './random.ts';
import { yesNo, type Row } from './rows.ts';

/** Rounds of the self-assessment, one a quarter since the programme began; the last is that of 2026Q3. */
const ROUNDS: readonly Day[] = ['2025-12-18', '2026-03-19', '2026-06-18', '2026-09-17'];
const DIMENSIONS = ['insight', 'coordination', 'care'] as const;
/** Those who have already learned what the large-account model asks for. */
const LEARNED: Readonly<Record<string, readonly string[]>> = {
  wangwu: ['大客户需求洞察', '大客户资源协调', '大客户长期经营'],
  zhangsan: ['大客户资源协调', '大客户长期经营'],
  zhaomin: ['大客户资源协调', '大客户长期经营'],
  sunhao: ['大客户长期经营'],
  zhouting: ['大客户需求洞察', '大客户长期经营'],
  wulei: ['大客户需求洞察'],
};
/** Tried and not passed yet. */
const NOT_PASSED: Readonly<Record<string, string>> = { chenchen: '大客户需求洞察', hanlei: '大客户长期经营' };

const last = (person: SalesPerson): Day => person.leftOn ?? RECORDED_UNTIL;

/** Role histories: everybody sells small accounts from the first day; one moved to large accounts. */
export function roleRows(people: readonly SalesPerson[]): Row[] {
  return people.flatMap((person) => [
    { employee: person.name, role: '中小客户销售', valid_from: person.hiredOn },
    ...(person.userid === MOVED.userid
      ? [{ employee: person.name, role: '大客户销售', valid_from: MOVED.on }]
      : []),
  ]);
}

const trained = (person: SalesPerson, course: string, finishedOn: Day, passed: boolean): Row => ({
  employee: person.name,
  course,
  finished_on: workdayFrom(finishedOn),
  passed: yesNo(passed),
});

/** Newcomers' courses in the first weeks, general ones in between, those of the model since the programme began. */
export function trainingRows(people: readonly SalesPerson[]): Row[] {
  const rows = people.flatMap((person) => {
    const random = randomOf(`${person.userid} trainings`);
    const start = person.hiredOn;
    const newcomer = COURSES.newcomer.map((course, index) =>
      trained(person, course, addDays(start, 10 + index * 14), true),
    );
    const general = random
      .sample(COURSES.general, random.int(1, 3))
      .map((course, index) => trained(person, course, addDays(start, 120 + index * 170), random.chance(88)));
    const model = LEARNED[person.userid] ?? [];
    const learned = slots(random, model.length, '2025-11-10', '2026-08-20').map((day, index) =>
      trained(person, model[index] ?? '', day, true),
    );
    const failed = NOT_PASSED[person.userid];
    return [
      ...newcomer,
      ...general,
      ...learned,
      ...(failed ? [trained(person, failed, '2026-05-20', false)] : []),
    ].filter((row) => (row.finished_on ?? '') >= HISTORY_FROM && (row.finished_on ?? '') <= last(person));
  });
  return [...rows].sort((a, b) => (a.finished_on ?? '').localeCompare(b.finished_on ?? '', 'en'));
}

/** Answers of every round while employed; those of the last round are the target's. */
export function assessmentRows(people: readonly SalesPerson[]): Row[] {
  return ROUNDS.flatMap((takenOn, round) =>
    people
      .filter((person) => addDays(person.hiredOn, 30) <= takenOn && last(person) >= takenOn)
      .flatMap((person) => {
        const random = randomOf(`${person.userid} assessment ${takenOn}`);
        const final = WINDOW_TARGETS.find(({ userid }) => userid === person.userid)?.insight ?? 55;
        return DIMENSIONS.map((dimension) => {
          const level =
            dimension === 'insight' ? final : Math.min(98, Math.max(30, final + random.int(-9, 9)));
          const behind = (ROUNDS.length - 1 - round) * random.int(1, 3);
          return {
            employee: person.name,
            dimension,
            taken_on: takenOn,
            score: String(Math.max(20, level - behind)),
          };
        });
      }),
  );
}
