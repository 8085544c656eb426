import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, operatorViewer, systemViewer, type CommandName, type Viewer } from '@shigang/server';
import { period } from '@shigang/shared';
import { openReviewHouse, type ReviewHouse } from '../demo/review-house.ts';
import { ROOT } from '../harness/root.ts';
import { afterSuite } from '../harness/servers.ts';
import { ACTORS, COMMAND_MATRIX, FACES, type Actor, type FaceFunction } from './command-matrix.ts';

/*
 * Ability × command × role, by calling every function of every module face as everybody: what API, command line and
 * jobs call is this, so all three judge alike.
 */

const PEOPLE: Readonly<Record<Exclude<Actor, 'operator' | 'system'>, string>> = {
  employee: 'zhangsan',
  manager: 'mgr01',
  hr: 'hr01',
  hrAdmin: 'hr02',
  auditor: 'aud01',
  leaver: 'nobody-any-more',
};
const Q3 = period('2026Q3');
const ROLE = 'large_account' as const;
const REF = { period: Q3, role: ROLE };
const CYCLE_ID = '2026Q3-large_account';
const NOTHING = '00000000-0000-4000-8000-000000000000';
const example = (name: string): unknown =>
  JSON.parse(readFileSync(join(ROOT, 'examples/demo', name), 'utf8')) as unknown;
const folder = mkdtempSync(join(tmpdir(), 'shigang-commands-'));

/** What each command is called with: each would write (or show) something, were it let. */
const ARGUMENTS: Readonly<Partial<Record<FaceFunction, (viewer: Viewer) => readonly unknown[]>>> = {
  'settings.showSettings': () => [],
  'settings.applySettings': () => [{ clawbackMonths: 7 }],
  'org.listEmployees': () => [],
  'match.applyRoleModel': () => [
    { ...(example('large-account-2025Q4.json') as object), validFrom: '2027Q1', name: 'M' },
  ],
  'match.showRoleModel': () => [ROLE, Q3],
  'match.rebuildProfiles': () => [REF],
  'match.startRebuild': () => [REF],
  'match.rebuildChanged': () => [],
  'incentive.applyPlan': () => [example('sales-v2.json'), { publish: true }],
  'incentive.showPlan': () => ['sales'],
  'incentive.computeStatements': () => [Q3],
  'incentive.computeChunk': () => [Q3, { from: 'a', to: 'zz' }],
  'incentive.recomputeChanged': () => [],
  'incentive.explain': () => [{ userId: 'zhangsan', period: Q3 }],
  'approval.reconcile': () => [],
  'development.settlePassed': () => [],
  'development.retryTodos': () => [],
  'cycle.run': () => [REF],
  'cycle.start': () => [REF],
  'cycle.startRun': () => [REF],
  'cycle.computeChunk': () => [CYCLE_ID, { fromUserId: 'a', toUserId: 'zz' }],
  'cycle.finishCompute': () => [CYCLE_ID],
  'cycle.explain': () => [{ ...REF, userId: 'zhangsan' }],
  'roleChange.reply': () => [
    { decisionId: NOTHING, answer: 'agree', text: null, consentHash: '', channel: 'app' },
  ],
  'roleChange.resolve': () => [
    { cycleId: CYCLE_ID, userId: 'wangwu', decisionId: NOTHING, action: 'keep', text: null },
  ],
  'roleChange.passDay': () => [],
  'review.runCycle': () => [REF],
  'review.decide': () => [REF, { userId: 'zhangsan', tier: 'train' }],
  'review.confirmAll': () => [REF],
  'review.publish': () => [REF],
  'review.close': () => [REF],
  'review.reply': (viewer) => [REF, { userId: viewer.userId ?? 'zhangsan', answer: 'agree', text: null }],
  'review.show': () => [REF],
  'review.desk.decide': () => [{ cycleId: CYCLE_ID, userId: 'zhangsan', tier: 'train' }],
  'review.desk.confirmAll': () => [{ cycleId: CYCLE_ID }],
  'review.desk.preview': () => [CYCLE_ID],
  'review.desk.publish': () => [CYCLE_ID],
  'review.desk.resend': () => [{ cycleId: CYCLE_ID, userId: 'zhangsan', noticeId: NOTHING }],
  'intake.importFile': () => [
    { kind: 'workbook', path: join(ROOT, 'examples/demo/history.xlsx'), dryRun: true },
  ],
  'intake.writeTemplate': (viewer) => [join(folder, `${viewer.actor.replace(':', '-')}.xlsx`)],
  'ops.listRuns': () => [],
  'ops.showRun': () => [NOTHING],
  'ops.cancelRun': () => [NOTHING],
  'sync.run': () => [{ only: ['org'] }],
};

const COMMANDS = (Object.entries(FACES) as [FaceFunction, string][]).filter(
  (entry): entry is [FaceFunction, CommandName] => entry[1] !== 'read' && entry[1] !== 'part',
);

let house: ReviewHouse;
let viewers: Readonly<Record<Actor, Viewer>>;
beforeAll(async () => {
  afterSuite(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  house = await openReviewHouse();
  await house.review.runCycle(house.operator, REF);
  const people = await Promise.all(
    Object.entries(PEOPLE).map(async ([actor, userId]) => [actor, await house.viewer(userId)] as const),
  );
  viewers = {
    ...(Object.fromEntries(people) as Record<Exclude<Actor, 'operator' | 'system'>, Viewer>),
    operator: operatorViewer('tester'),
    system: systemViewer('test'),
  };
}, 300_000);

/** Faces by name, the desk's inside the review's. */
function face(name: string): Record<string, unknown> {
  const modules = house.deps as unknown as Record<string, Record<string, unknown>>;
  return (name === 'review.desk' ? house.review.desk : modules[name]) as Record<string, unknown>;
}

type Verdict = 'allowed' | 'denied';
/** Another's figures and absent ones look alike; so does what somebody without the ability is told of them. */
const DENIALS = new Set(['access.denied', 'reply.not_own']);
const LIKE_ABSENT = new Set(['cycle.person_not_found', 'statement.not_found']);

/** Whether it was let: what comes after the judgement (not found, wrong state, no DingTalk here) is no refusal. */
async function verdict(name: FaceFunction, viewer: Viewer): Promise<Verdict> {
  const at = name.lastIndexOf('.');
  const module = face(name.slice(0, at));
  const work = module[name.slice(at + 1)] as (...args: unknown[]) => Promise<unknown>;
  try {
    await work.call(module, viewer, ...(ARGUMENTS[name]?.(viewer) ?? []));
    return 'allowed';
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    const isAbsent = name.endsWith('.explain') && viewer.userId === null && LIKE_ABSENT.has(code);
    return DENIALS.has(code) || (isAbsent && !viewer.isSystem && !viewer.isOperator) ? 'denied' : 'allowed';
  }
}

/** Checksum of every table. */
async function picture(): Promise<Record<string, unknown>> {
  const tables = await house.deps.db.select<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name',
  );
  const rows = await house.deps.db.select<{ Table: string; Checksum: unknown }>(
    `CHECKSUM TABLE ${tables.map(({ name }) => `\`${name}\``).join(', ')}`,
  );
  return Object.fromEntries(rows.map((row) => [row.Table, row.Checksum]));
}

test('every function of every face is in the table, and every command of the table has a function', () => {
  const found: string[] = [];
  const modules = house.deps as unknown as Record<string, object>;
  const names = [...new Set(Object.keys(FACES).map((name) => name.slice(0, name.lastIndexOf('.'))))];
  for (const name of names) {
    const module = name === 'review.desk' ? house.review.desk : modules[name];
    const own = Object.getOwnPropertyNames(module ?? {});
    const inherited = Object.getOwnPropertyNames(Object.getPrototypeOf(module ?? {})).filter(
      (each) => !(each in Object.prototype) && !own.includes(each),
    );
    for (const each of [...own, ...inherited])
      if (typeof (module as Record<string, unknown> | undefined)?.[each] === 'function')
        found.push(`${name}.${each}`);
  }
  expect(Object.keys(FACES).filter((name) => !found.includes(name))).toEqual([]);
  expect(found.filter((name) => !(name in FACES))).toEqual([]);
  // `tick` is the command line's and the worker's own: `jobs/src/schedule.ts`, held by command-line.test.ts.
  const used = new Set([...COMMANDS.map(([, command]) => command), 'tick']);
  expect(Object.keys(commands).filter((command) => !used.has(command))).toEqual([]);
});

test('every command is called with what it takes', () => {
  expect(COMMANDS.map(([name]) => name).filter((name) => ARGUMENTS[name] === undefined)).toEqual([]);
});

// First all who may not, over one picture of every table; then those who may, which changes it.
describe('who may not is refused, and nothing is written', () => {
  test.each(COMMANDS)('%s (%s)', async (name, command) => {
    const refused = ACTORS.filter((actor) => !COMMAND_MATRIX[command].includes(actor));
    const before = await picture();
    const got: [Actor, Verdict][] = [];
    for (const actor of refused) got.push([actor, await verdict(name, viewers[actor])]);
    expect(got).toEqual(refused.map((actor) => [actor, 'denied']));
    expect(await picture()).toEqual(before);
    if (name === 'intake.writeTemplate') expect(existsSync(join(folder, 'zhangsan.xlsx'))).toBe(false);
  });
});

describe('who may is let', () => {
  test.each(COMMANDS)('%s (%s)', async (name, command) => {
    const got: [Actor, Verdict][] = [];
    for (const actor of COMMAND_MATRIX[command]) got.push([actor, await verdict(name, viewers[actor])]);
    expect(got).toEqual(COMMAND_MATRIX[command].map((actor) => [actor, 'allowed']));
  });
});
