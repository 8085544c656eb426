import type { Database } from '@shigang/server';

/** People of the company whose queries are looked at. */
export const PEOPLE = 20_000;
/** Quarters that a person's rows are kept of. */
const QUARTERS = ['2026Q1', '2026Q2', '2026Q3'];

/** Tables that grow with people and time, and how many rows one person has in each. */
const ROWS_PER_PERSON: Readonly<Record<string, number>> = {
  employees: 1,
  employment_periods: 1,
  department_memberships: 1,
  role_assignments: 1,
  sessions: 1,
  cycle_members: 3,
  profiles: 3,
  statements: 3,
  dirty_marks: 1,
  outbox: 1,
  inbox: 1,
  decisions: 1,
  notices: 1,
  role_changes: 1,
  approvals: 1,
  replies: 1,
  training_plans: 1,
  deals: 1,
  feedback: 1,
  renewals: 1,
  collaborations: 1,
  trainings: 1,
  assessments: 1,
  attendance_days: 1,
  audit_log: 1,
};

const quarterOf = `ELT(1 + n DIV ${PEOPLE}, ${QUARTERS.map((quarter) => `'${quarter}'`).join(', ')})`;
/** year·4 + quarter − 1, the last three years. */
const QUARTER_INDEX = '8094 + n % 12';
const PERSON = `CONCAT('u', LPAD(n % ${PEOPLE}, 5, '0'))`;
/** A hundredth of the rows waits, the rest is done, as in a house that is at work. */
const mostly = (done: string, waiting: string): string => `IF(n % 100 = 0, '${waiting}', '${done}')`;

/** What stands in a column of a name, in SQL over the row's number `n`; others get something of their type. */
const BY_NAME: Readonly<Record<string, string>> = {
  user_id: PERSON,
  owner_user_id: PERSON,
  period: quarterOf,
  purpose: "IF(n % 2 = 0, 'profile', 'statement')",
  cycle_id: `CONCAT(${quarterOf}, '-large_account')`,
  role: "'large_account'",
  kind: "'decided'",
  current_key: `CONCAT(${quarterOf}, '-large_account/', ${PERSON})`,
  main_dept_id: 'n % 200',
  dept_id: 'n % 200',
  manager_user_id: `CONCAT('u', LPAD((n % ${PEOPLE}) DIV 10, 5, '0'))`,
  'outbox.state': mostly('sent', 'pending'),
  'inbox.state': mostly('applied', 'pending'),
  'role_changes.state': mostly('effective', 'open'),
  'approvals.state': mostly('agreed', 'waiting'),
  'training_plans.state': mostly('done', 'open'),
  'statements.status': mostly('open', 'locked'),
  'notices.state': mostly('delivered', 'accepted'),
};

interface ColumnRow {
  readonly tableName: string;
  readonly columnName: string;
  readonly type: string;
  readonly length: number | null;
}

/** Fills every table that grows as {@link PEOPLE} people fill it, by the layout of the tables alone. */
export async function fillBigCompany(db: Database): Promise<void> {
  const columns = await db.select<ColumnRow>(
    `SELECT table_name AS tableName, column_name AS columnName, data_type AS type,
       character_maximum_length AS length
     FROM information_schema.columns
     WHERE table_schema = DATABASE() AND extra NOT LIKE '%auto_increment%' AND extra NOT LIKE '%GENERATED%'`,
  );
  for (const [table, each] of Object.entries(ROWS_PER_PERSON)) {
    const own = columns.filter((column) => column.tableName === table);
    if (own.length === 0) throw new Error(`no such table: ${table}`);
    await db.execute(
      `INSERT INTO ${table} (${own.map((column) => `\`${column.columnName}\``).join(', ')})
       SELECT ${own.map(valueOf).join(', ')} FROM (${numbers(PEOPLE * each)}) numbers`,
    );
    await db.select(`ANALYZE TABLE ${table}`);
  }
}

function valueOf({ tableName, columnName, type, length }: ColumnRow): string {
  const named = BY_NAME[`${tableName}.${columnName}`] ?? BY_NAME[columnName];
  if (named !== undefined) return named;
  if (type === 'longtext' || type === 'text' || type === 'mediumtext') return "'{}'";
  if (type === 'date') return "DATE_ADD('2026-01-01', INTERVAL n % 270 DAY)";
  if (type === 'datetime' || type === 'timestamp') return "DATE_ADD('2026-01-01', INTERVAL n SECOND)";
  if (type === 'varchar' || type === 'char') return `LEFT(LPAD(n, 8, '0'), ${length ?? 1})`;
  if (type === 'binary' || type === 'varbinary' || type === 'blob')
    return `UNHEX(LPAD(HEX(n), ${2 * (length ?? 1)}, '0'))`;
  if (type === 'tinyint') return 'n % 2';
  if (columnName === 'quarter' || columnName.endsWith('_q')) return QUARTER_INDEX;
  return type === 'smallint' ? 'n % 10000' : 'n';
}

/** The numbers 0 … count − 1 as a query, without a limit on recursion. */
function numbers(count: number): string {
  const digits = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS d`).join(' UNION ALL ');
  const places = [1, 10, 100, 1_000, 10_000];
  const sum = places.map((place, index) => `p${index}.d * ${place}`).join(' + ');
  const from = places.map((_, index) => `(${digits}) p${index}`).join(', ');
  return `SELECT n FROM (SELECT ${sum} AS n FROM ${from}) all_numbers WHERE n < ${count}`;
}
