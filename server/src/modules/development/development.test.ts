import { systemViewer } from '../../access/index.ts';
import type { DayString } from '@shigang/shared';
import { ActionHouse, CYCLE } from '../../../../test/src/factories/action-house.ts';

const SYSTEM = systemViewer('test');

/** Real servers on a machine that may be busy. */
jest.setTimeout(120_000);

const CREATE = 'POST /v1.0/todo/users/{unionId}/tasks';
const MINUTE_MS = 60_000;
const PLANNED_ON = '2026-10-12' as DayString;
const COURSES = [
  { course: '大客户协同', dimensionId: 'coordination', dimensionName: '协同' },
  { course: '大客户跟进', dimensionId: 'follow_up', dimensionName: '长期跟进' },
];

let house: ActionHouse;
let plans = 0;

beforeAll(async () => {
  house = await ActionHouse.open();
  const { contact } = house.dingtalk.gateway().for('sync');
  for (const userId of ['hr01', 'hr02', 'lisi', 'wangwu']) {
    const { unionId } = await contact.person(userId);
    await house.db.execute('UPDATE employees SET union_id = ? WHERE user_id = ?', [unionId, userId]);
  }
});
beforeEach(() => house.clear());

/** @returns the decision's id */
async function plan(
  options: { userId?: string; decidedBy?: string; courses?: typeof COURSES } = {},
): Promise<string> {
  plans += 1;
  const decisionId = `training-${plans}`;
  const { userId = 'lisi', decidedBy = 'hr01', courses = COURSES } = options;
  await house.within((tx) =>
    house.development.plan(tx, [
      {
        ...{ decisionId, cycleId: CYCLE, userId, decidedBy, courses },
        plannedOn: PLANNED_ON,
      },
    ]),
  );
  return decisionId;
}
const pass = (course: string, finishedOn: string, passed = true): Promise<unknown> =>
  house.db.insertMany(
    'trainings',
    ['user_id', 'course', 'finished_on', 'passed'],
    [['lisi', course, finishedOn, passed]],
  );
const cancel = (decisionId: string): Promise<void> =>
  house.within((tx) => house.development.cancel(tx, decisionId));
const stored = (decisionId: string) => house.row('training_plans', decisionId);

test('a to-do from the deciding HR person, due with the courses, that opens the development page', async () => {
  const decisionId = await plan();
  await house.drain();
  const todos = await house.todosOf(decisionId);
  expect(todos).toMatchObject([
    {
      state: 'open',
      creator: 'hr01',
      recipients: ['lisi'],
      content: {
        subject: '培训计划：《大客户协同》、《大客户跟进》，请在 11月16日前完成',
        detailUrl: {
          appUrl: 'https://hr.example.com/development',
          pcUrl: 'https://hr.example.com/development',
        },
      },
    },
  ]);
  expect(todos[0]?.dueAt).toBe('2026-11-16T23:59:59+08:00');
  expect(await stored(decisionId)).toMatchObject({
    todo_state: 'open',
    todo_id: todos[0]?.id,
    due_on: '2026-11-16',
  });
});

test('due after as many days as the setting says', async () => {
  await house.apply({ trainingDueDays: 10 });
  expect(await house.development.dueDay(PLANNED_ON)).toBe('2026-10-22');
  await house.apply({ trainingDueDays: 35 });
});

test('planned twice: one plan and one to-do', async () => {
  const decisionId = await plan();
  plans -= 1;
  await plan();
  await house.drain();
  expect(await house.todosOf(decisionId)).toHaveLength(1);
  expect(await house.db.select('SELECT course FROM training_plan_courses ORDER BY seq')).toEqual([
    { course: '大客户协同' },
    { course: '大客户跟进' },
  ]);
});

test('nothing to learn: no plan and no to-do', async () => {
  const decisionId = await plan({ courses: [] });
  await house.drain();
  expect(await house.development.planOf(house.db, decisionId)).toBeNull();
  expect(await house.todosOf(decisionId)).toEqual([]);
});

test('the plan as people see it, with the day of the first pass', async () => {
  const decisionId = await plan();
  await pass('大客户协同', '2026-10-20', false);
  await pass('大客户协同', '2026-10-27');
  await pass('大客户协同', '2026-11-02');
  expect(await house.development.planOf(house.db, decisionId)).toEqual({
    dueOn: '2026-11-16',
    courses: [
      { name: '大客户协同', dimensionName: '协同', dueOn: '2026-11-16', passedOn: '2026-10-27' },
      { name: '大客户跟进', dimensionName: '长期跟进', dueOn: '2026-11-16', passedOn: null },
    ],
  });
  expect(await house.development.planOf(house.db, 'none')).toBeNull();
});

test.each(['http500', 'busy', 'html', 'truncate', 'hang', 'qps', 'denied'] as const)(
  'answer lost by %s: one to-do',
  async (kind) => {
    const decisionId = await plan();
    await house.dingtalk.fault(CREATE, kind, 1);
    await house.drainFor(16 * MINUTE_MS, 4 * MINUTE_MS);
    expect(await house.todosOf(decisionId)).toHaveLength(1);
    // Its id is known all the same.
    expect(await stored(decisionId)).toMatchObject({ todo_state: 'open', todo_detail: null });
    expect(await house.outboxState(`development.todo/${decisionId}`)).toBe('sent');
    await cancel(decisionId);
    await house.drainFor(MINUTE_MS);
    expect(await house.todosOf(decisionId)).toMatchObject([{ state: 'deleted' }]);
  },
);

test('answer lost, and to-dos may not be read: one to-do, and it says that its id is not known', async () => {
  const decisionId = await plan();
  await house.dingtalk.fault(CREATE, 'truncate', 1);
  await house.dingtalk.fault('POST /v1.0/todo/users/{unionId}/org/tasks/query', 'denied');
  await house.drainFor(16 * MINUTE_MS, 4 * MINUTE_MS);
  await house.dingtalk.clearFaults();
  expect(await house.todosOf(decisionId)).toHaveLength(1);
  expect(await stored(decisionId)).toMatchObject({
    todo_state: 'open',
    todo_detail: expect.stringContaining('编号'),
  });
});

test('all courses passed: ticked off once, and not before', async () => {
  const decisionId = await plan();
  await house.drain();
  await pass('大客户协同', '2026-10-27');
  expect(await house.development.settlePassed(SYSTEM)).toBe(0);
  await pass('大客户跟进', '2026-09-01');
  expect(await house.development.settlePassed(SYSTEM)).toBe(1);
  await house.drain();
  expect(await house.todosOf(decisionId)).toMatchObject([{ state: 'done' }]);
  expect(await stored(decisionId)).toMatchObject({ todo_state: 'done' });
  expect(await house.development.settlePassed(SYSTEM)).toBe(0);
});

test('cancelled before it went out: no to-do', async () => {
  const decisionId = await plan();
  await cancel(decisionId);
  await house.drainFor(MINUTE_MS);
  expect(await house.todosOf(decisionId)).toEqual([]);
  expect(await stored(decisionId)).toMatchObject({ state: 'cancelled', todo_state: 'deleted' });
});

test('cancelled later: taken out of the list, also when the answer is lost', async () => {
  const decisionId = await plan();
  await house.drain();
  await cancel(decisionId);
  await cancel(decisionId);
  await house.dingtalk.fault('DELETE /v1.0/todo/users/{unionId}/tasks/{taskId}', 'truncate', 1);
  await house.drainFor(MINUTE_MS);
  expect(await house.todosOf(decisionId)).toMatchObject([{ state: 'deleted' }]);
  expect(await stored(decisionId)).toMatchObject({ todo_state: 'deleted' });
  expect(await house.development.planOf(house.db, decisionId)).toBeNull();
});

test('cancelled while the outcome of the to-do is unknown: it does not stay', async () => {
  const decisionId = await plan();
  await house.dingtalk.fault(CREATE, 'http500', 1);
  await house.drain();
  await cancel(decisionId);
  await house.drainFor(2 * MINUTE_MS);
  expect((await house.todosOf(decisionId)).filter((todo) => todo.state === 'open')).toEqual([]);
});

test('no union id: written down, and no call', async () => {
  const decisionId = await plan({ userId: 'zhangsan' });
  await house.drain();
  expect(await stored(decisionId)).toMatchObject({
    todo_state: 'failed',
    todo_detail: expect.stringContaining('unionId'),
  });
  expect((await house.dingtalk.newCalls()).filter((call) => call.metered)).toEqual([]);
});

test('decided on the command line: it comes from the first HR admin', async () => {
  const decisionId = await plan({ decidedBy: 'cli:ops', userId: 'wangwu' });
  await house.drain();
  expect(await house.todosOf(decisionId)).toMatchObject([{ creator: 'hr02', recipients: ['wangwu'] }]);
});

test('refused for good: failed with the reason', async () => {
  await house.db.execute("UPDATE employees SET union_id = 'nobody' WHERE user_id = 'wangwu'");
  const decisionId = await plan({ userId: 'wangwu' });
  await house.drain();
  expect(await stored(decisionId)).toMatchObject({
    todo_state: 'failed',
    todo_detail: expect.stringContaining('todo.taskCreate.paramError'),
  });
  expect(await house.outboxState(`development.todo/${decisionId}`)).toBe('dead');
});
