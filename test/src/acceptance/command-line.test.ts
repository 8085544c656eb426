import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHouse, type TestHouse } from '../harness/processes/house.ts';
import { afterSuite } from '../harness/servers.ts';
import { shigang, type ShigangResult } from '../harness/processes/shigang-process.ts';

/*
 * The command line as other people's scripts rely on it: under --json exactly one document on stdout with the promised
 * fields, exit 0, 1 or 2. A command without a row here fails the suite.
 */

const SLOW = 600_000;
const PERIOD = '2026Q3';
const quarter = ['--period', PERIOD];
const asAdmin = [...quarter, '--as', 'hr02'];
const CYCLE = ['period', 'cycleId', 'modelVersion', 'state', 'counts', 'blockers', 'ms'];
const IMPORT = ['batchId', 'kind', 'rows', 'inserted', 'updated', 'unchanged', 'rejected', 'warnings'];
const folder = mkdtempSync(join(tmpdir(), 'shigang-cli-'));
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const FEEDBACK = 'feedback_id,employee,given_on,score,text\n';
const roles = file('roles.csv', 'employee,role,valid_from\nzhangsan,small_account,2023-04-01\n');
const good = file('good.csv', `${FEEDBACK}F1,zhangsan,2026-08-01,9.2,好\n`);
const mixed = file('mixed.csv', `${FEEDBACK}F2,zhangsan,2026-08-02,9.2,好\nF3,nobody,2026-08-02,9.2,好\n`);

/** In order: each goes on from the one before. `code` 1 needs the `error` code. */
interface Row {
  readonly args: readonly string[];
  readonly fields: readonly string[];
  readonly error?: string;
  /** Fields that must be so. */
  readonly shown?: object;
}
const ok = (args: readonly string[], fields: readonly string[], shown: object = {}): Row => ({
  args,
  fields,
  shown,
});
const fails = (args: readonly string[], error: string, fields: readonly string[] = []): Row => ({
  args,
  fields,
  error,
});

const ROWS: readonly Row[] = [
  ok(['migrate'], ['applied'], { applied: [] }),
  ok(['doctor'], ['ok', 'checks'], { ok: true }),
  ok(['settings', 'apply', 'examples/demo/settings.json'], []),
  ok(['settings', 'show'], ['hrScopes', 'accessRoles', 'segments'], { hrScopes: { hr01: [11, 12, 20] } }),
  fails(['settings', 'apply', join(folder, 'absent.json')], 'file.unreadable'),
  ok(['sync'], ['status', 'startedAt', 'finishedAt', 'scopes'], { status: 'complete' }),
  ok(['sync', '--full', '--only', 'org'], ['status', 'scopes'], { status: 'complete' }),
  ok(['employees'], ['employees']),
  ok(['template', join(folder, 'template.xlsx')], []),
  ok(['import', 'roles', roles], IMPORT, { inserted: 1 }),
  ok(['import', 'feedback', good, '--dry-run'], IMPORT, { batchId: null, inserted: 1 }),
  ok(['import', 'feedback', good], IMPORT, { inserted: 1 }),
  fails(['import', 'feedback', mixed], 'import.rejected', IMPORT),
  ok(['import', 'feedback', mixed, '--partial'], IMPORT, { inserted: 1 }),
  fails(['import', 'nonsense', good], 'import.kind_unknown'),
  fails(['import', 'feedback', join(folder, 'absent.csv')], 'import.file_missing'),
  fails(['import', 'feedback', good, '--as', 'zhangsan'], 'access.denied'),
  fails(['cycle', 'run', ...quarter], 'model.not_found'),
  ok(
    ['model', 'apply', 'examples/demo/large-account-2025Q4.json'],
    ['role', 'version', 'status', 'validFrom'],
    { status: 'created' },
  ),
  ok(['model', 'apply', 'examples/demo/large-account-2025Q4.json'], ['status'], { status: 'unchanged' }),
  ok(['model', 'show', ...quarter], ['role', 'name', 'validFrom', 'thresholds', 'dimensions', 'mustHave']),
  fails(['model', 'apply', 'examples/demo/large.json', '--as', 'zhangsan'], 'access.denied'),
  ok(
    ['plan', 'apply', 'examples/demo/sales-v2.json', '--publish'],
    ['id', 'version', 'status', 'state', 'validFrom'],
    { status: 'created' },
  ),
  ok(['plan', 'show', '--id', 'sales', '--on', '2026-09-01'], ['id', 'name', 'validFrom', 'components']),
  ok(['profiles', 'rebuild', ...quarter], ['period', 'employees', 'metrics', 'ms'], { employees: 1 }),
  ok(['cycle', 'run', ...quarter], CYCLE, { state: 'review' }),
  ok(['cycle', 'list', ...quarter], CYCLE),
  fails(['cycle', 'list', '--period', '2026Q1'], 'cycle.not_found'),
  ok(
    ['explain', 'match', '--user', 'zhangsan', ...quarter],
    ['userId', 'name', 'period', 'model', 'score', 'tier', 'coverage', 'dimensions', 'missing'],
  ),
  fails(['explain', 'match', '--user', 'nobody', ...quarter], 'cycle.person_not_found'),
  fails(['cycle', 'publish', ...asAdmin], 'cycle.undecided'),
  fails(['cycle', 'confirm-all', ...quarter, '--as', 'zhangsan'], 'access.denied'),
  fails(['cycle', 'confirm-all', ...quarter, '--as', 'nobody'], 'employee.unknown'),
  ok(['cycle', 'confirm-all', ...asAdmin], [...CYCLE, 'left'], { left: [] }),
  ok(
    ['cycle', 'decide', ...asAdmin, '--user', 'zhangsan', '--tier', 'later', '--reason', '下季度再看'],
    CYCLE,
    { counts: { transition: 0, train: 0, reassign: 0, insufficient_data: 0, later: 1 } },
  ),
  ok(['cycle', 'publish', ...asAdmin], CYCLE, { state: 'published' }),
  fails(['cycle', 'close', ...asAdmin], 'cycle.still_open'),
  ok(['incentives', 'compute', ...quarter], ['period', 'statements', 'lines', 'totalFen', 'ms']),
  ok(
    ['explain', 'incentive', '--user', 'zhangsan', ...quarter],
    ['userId', 'name', 'period', 'plan', 'status', 'totalFen', 'oldPlanTotalFen', 'lines'],
  ),
  fails(['explain', 'incentive', '--user', 'nobody', ...quarter], 'statement.not_found'),
  // Nobody but whom the table of commands names, by the command line as by the API: an employee could pay himself.
  ...[
    ['settings', 'show'],
    ['settings', 'apply', 'examples/demo/settings.json'],
    ['model', 'show', ...quarter],
    ['plan', 'show', '--id', 'sales'],
    ['plan', 'apply', 'examples/demo/sales-v2.json', '--publish'],
    ['employees'],
    ['template', join(folder, 'refused.xlsx')],
    ['profiles', 'rebuild', ...quarter],
    ['incentives', 'compute', ...quarter],
    ['cycle', 'run', ...quarter],
    ['cycle', 'list', ...quarter],
    ['cycle', 'publish', ...quarter],
    ['cycle', 'close', ...quarter],
    ['sync'],
    ['tick', '--until', '2027-01-01T00:00:00+08:00'],
  ].map((args) => fails([...args, '--as', 'zhangsan'], 'access.denied')),
  fails(['sync', '--as', 'hr02'], 'access.denied'),
  ok(['plan', 'show', '--id', 'sales', '--on', '2026-09-01', '--as', 'hr01'], ['id']),
  ok(['tick'], ['ran']),
  ok(['tick', '--until', '2026-10-12T10:30:00+08:00'], ['ran']),
];
/** Run until they are stopped: their documents are proved by every house of the suites. */
const FOREGROUND = ['simulator', 'serve', 'worker', 'help'];

let house: TestHouse;
const results = new Map<Row, ShigangResult>();

beforeAll(async () => {
  afterSuite(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  house = await openHouse();
  for (const row of ROWS) results.set(row, await shigang([...row.args, '--json'], house.env));
}, SLOW);

const nameOf = (row: Row): string =>
  row.args.map((arg) => (arg.startsWith(folder) ? arg.slice(folder.length + 1) : arg)).join(' ');

test.each(ROWS.map((row) => [nameOf(row), row] as const))('%s', (_, row) => {
  const { code, stdout, stderr } = results.get(row) as ShigangResult;
  expect([code, stderr]).toEqual([row.error === undefined ? 0 : 1, '']);
  expect(stdout.endsWith('\n') && stdout.trimEnd().split('\n')).toHaveLength(1);
  const document = JSON.parse(stdout) as Record<string, unknown> & {
    error?: { code: string; message: string };
  };
  expect(Object.keys(document)).toEqual(expect.arrayContaining([...row.fields]));
  expect(document).toMatchObject(row.shown ?? {});
  expect(document.error?.code).toBe(row.error);
  // Every refusal is a sentence in Chinese for the person at the keyboard.
  if (document.error) expect(document.error.message).toMatch(/[一-鿿].*[。！？]?$/);
});

test(
  'every command has a row',
  async () => {
    const { stdout, code } = await shigang(['--help'], {});
    const commands = [...stdout.matchAll(/^ {2}([a-z]+)/gm)].map((match) => match[1] ?? '');
    expect(code).toBe(0);
    expect(commands.length).toBeGreaterThan(10);
    const covered = new Set([...ROWS.map((row) => row.args[0]), ...FOREGROUND]);
    expect(commands.filter((command) => !covered.has(command))).toEqual([]);
  },
  SLOW,
);

test(
  'a person gets lines instead of a document, and files are where they were asked for',
  async () => {
    const { code, stdout } = await shigang(['employees'], house.env);
    expect([code, stdout.includes('张三'), stdout.startsWith('{')]).toEqual([0, true, false]);
    expect(existsSync(join(folder, 'template.xlsx'))).toBe(true);
    expect(existsSync(join(folder, 'refused.xlsx'))).toBe(false);
  },
  SLOW,
);
