import path from 'node:path';
import { createTestDatabase } from '../harness/databases/test-database.ts';
import { withColumnsOf, type Column } from './columns.ts';
import type { RowField } from './row-fields.ts';
import { selectsOf, type Select } from './selects.ts';

const { resolved, unresolved } = selectsOf(path.resolve(import.meta.dirname, '../../..'), ['server', 'jobs']);

/** Queries whose text only a run knows, with the reason. The list may only shrink. */
const AT_RUN_TIME: Readonly<Record<string, string>> = {
  'server/src/modules/facts/records-of.ts recordsOf': 'table and columns come from the kind of fact',
};

/** Fields that the engine says may be null and the query's own conditions exclude, with the reason. It may only shrink. */
const NEVER_NULL: Readonly<Record<string, string>> = {
  'server/src/access/load-viewer.ts withSubDepartments: dept_id': 'a key, by a recursive table',
  'server/src/access/load-viewer.ts reportsOf: user_id': 'a key, by a recursive table',
  'server/src/modules/approval/find-instance.ts knownIds: id': 'IN a list',
  'server/src/modules/facts/batches/run-store.ts runsUnderWay: is_left': 'compared with marks that are given',
  'server/src/modules/review/team.queries.ts approvalsOf: tier': 'a role change follows a decided tier',
  'server/src/modules/review/publication/plan-actions.ts decisionsToAct: tier': "kind = 'decided'",
};

const courses = 'server/src/modules/evidence/file-facts.queries.ts coursesOf';
/** The same of what MySQL alone says, where MariaDB knows better. */
const NEVER_NULL_ON_MYSQL: Readonly<Record<string, string>> = Object.fromEntries(
  ['decisionId', 'course', 'plannedOn', 'dueOn', 'todoState'].map((field) => [
    `${courses}: ${field}`,
    'joined by the key, beside a subquery that may find nothing',
  ]),
);

test('the text of every query is known, but of the few that are listed', () => {
  expect([...unresolved.keys()].sort()).toEqual(Object.keys(AT_RUN_TIME).sort());
  expect(resolved.length).toBeGreaterThan(140);
});

test('every row type is what the database answers', async () => {
  const db = await createTestDatabase();
  const wrong = await withColumnsOf(db, async (columnsOf) => {
    const found: string[] = [];
    for (const select of resolved) {
      for (const text of select.texts) {
        const columns = await columnsOf(text).catch((error: unknown) => String(error));
        found.push(
          ...(typeof columns === 'string'
            ? [`${select.name}: ${columns}`]
            : differences(
                select,
                columns.map((column) => excluded(text, column)),
              )),
        );
      }
    }
    return found;
  });
  const [engine] = await db.select<{ version: string }>('SELECT VERSION() AS version');
  const onMysql = engine?.version.includes('MariaDB') === true ? {} : NEVER_NULL_ON_MYSQL;
  const excused = Object.keys({ ...NEVER_NULL, ...onMysql }).map((field) => `${field} may be null`);
  expect([...new Set(wrong)].sort()).toEqual(excused.sort());
});

/** `IS NOT NULL` among the conditions, which the engine does not tell. */
function excluded(text: string, column: Column): Column {
  const conditions = text.slice(text.lastIndexOf('WHERE '));
  const isExcluded = column.origin !== '' && new RegExp(`\\b${column.origin} IS NOT NULL`).test(conditions);
  return isExcluded ? { ...column, mayBeNull: false } : column;
}

function differences({ name, fields }: Select, columns: readonly Column[]): string[] {
  if (fields === null) return [];
  const byName = new Map(columns.map((column) => [column.name, column]));
  const undeclared = columns.filter((column) => !fields.some((field) => field.name === column.name));
  return [
    ...fields.flatMap((field) => difference(field, byName.get(field.name))),
    ...undeclared.map((column) => `${column.name} is selected and not declared`),
  ].map((text) => `${name}: ${text}`);
}

function difference(field: RowField, column: Column | undefined): string[] {
  if (!column) return [`${field.name} is declared and not selected`];
  const isOther = field.kinds.size > 0 && !field.kinds.has(column.kind);
  return [
    ...(isOther ? [`${field.name} is a ${column.kind}, declared as ${[...field.kinds].join(' or ')}`] : []),
    ...(column.mayBeNull && !field.mayBeNull ? [`${field.name} may be null`] : []),
  ];
}
