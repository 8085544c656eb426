import path from 'node:path';
import { createTestDatabase } from '../harness/databases/test-database.ts';
import { fillBigCompany, PEOPLE } from './big-company.ts';
import { selectsOf } from './selects.ts';

/** What stands for a mark beside a column of this name; elsewhere the person. */
const SAMPLES: readonly (readonly [RegExp, string])[] = [
  [/cycle_id$/, "'2026Q3-large_account'"],
  [/current_key$/, "'2026Q3-large_account/u00100'"],
  [/period$/, "'2026Q3'"],
  [/(quarter|_q)$/, '8105'],
  [/purpose$/, "'profile'"],
  [/kind$/, "'decided'"],
  [/role$/, "'large_account'"],
  [/dept_id$/, '7'],
  [/(_at|_until)$/, "'2026-10-12 01:30:00.000'"],
  [/(_on|day|valid_from)$/, "'2026-09-30'"],
];
const sampleOf = (column: string | undefined): string =>
  SAMPLES.find(([name]) => name.test(column ?? ''))?.[1] ?? "'u00100'";
const samplesFor = (text: string): string =>
  text
    .replace(
      /(\w+) BETWEEN \? AND \?/g,
      (_, column: string) => `${column} BETWEEN ${sampleOf(column)} AND ${sampleOf(column)}`,
    )
    .replace(
      /(\w+)(\s*(?:=|<>|<=|>=|<|>|IN \(|NOT IN \()\s*)\?|\?/g,
      (_, column?: string, between?: string) => `${column ?? ''}${between ?? ''}${sampleOf(column)}`,
    );

interface Step {
  readonly type: string | null;
  readonly rows: number | string | null;
}

/** A plan that reads more rows of one table than this reads all of it. */
const SCANNED = PEOPLE / 4;

/** Queries that read a whole table that grows with the people, with the reason. The list may only shrink. */
const SCANS: Readonly<Record<string, string>> = {
  'server/src/modules/org/role-history.queries.ts roleHistories': 'everybody is asked about, once per import',
  'server/src/modules/org/list-employees.ts listEmployees': 'everybody is listed',
  'server/src/modules/org/list-employees.ts listEmployees 2': 'everybody is listed',
  'server/src/modules/org/reporting-lines.ts managersOf': 'lines of the whole company, once per publication',
  'server/src/modules/intake/employee-directory.ts load': 'everybody may be named in a file, once per import',
  'server/src/modules/intake/employee-directory.ts load 2':
    'everybody may be named in a file, once per import',
  'server/src/modules/profile/gather-plan.ts planGather 2': 'over an index alone, once per rebuild',
  'server/src/modules/profile/gather-plan.ts planGather 3': 'over an index alone, once per rebuild',
  'server/src/modules/development/end-todo.ts settlePassed': 'once a night',
  'server/src/modules/development/retry-todos.ts retryTodos': 'once a night',
  'server/src/modules/incentive/plans/apply-plan.ts assertNothingLocked': 'once per publication of a plan',
};

test('no other query reads the whole of a table that grows with the people', async () => {
  const { resolved } = selectsOf(path.resolve(import.meta.dirname, '../../..'), ['server', 'jobs']);
  const db = await createTestDatabase();
  await fillBigCompany(db);
  const scanning = new Set<string>();
  for (const { name, texts } of resolved) {
    for (const text of texts) {
      const steps = await db.select<Step>(`EXPLAIN ${samplesFor(text)}`);
      if (steps.some(isScan)) scanning.add(name);
    }
  }
  expect([...scanning].filter((name) => !(name in SCANS))).toEqual([]);
  const names = new Set(resolved.map(({ name }) => name));
  expect(Object.keys(SCANS).filter((name) => !names.has(name))).toEqual([]);
}, 120_000);

/** `index` reads an index from end to end, which is the whole table too. */
const isScan = ({ type, rows }: Step): boolean =>
  (type === 'ALL' || type === 'index') && Number(rows) > SCANNED;
