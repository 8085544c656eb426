import type { Sql, SqlParam, SqlScalar } from '../../platform/database.ts';
import type { FactRow, RowChange, TableShape } from './kinds/kind.ts';

/** Separates the parts of a natural key; no imported text holds it. */
const KEY_SEPARATOR = '\u001f';

/**
 * What the rows change: those whose key is not stored yet, and those that differ from the stored row, which comes with
 * what an import sets besides and its batch behind.
 * @param isLocked holds the stored rows to the end of the transaction
 */
export async function changesOf(
  sql: Sql,
  shape: TableShape,
  rows: readonly SqlScalar[][],
  isLocked: boolean,
): Promise<RowChange[]> {
  const stored = await storedRows(sql, shape, rows, isLocked);
  const changes: RowChange[] = [];
  rows.forEach((row, position) => {
    const previous = stored.get(keyOf(row, shape.keyLength)) ?? null;
    if (previous === null || !isSame(row, previous, shape.columns.length))
      changes.push({ position, row, previous });
  });
  return changes;
}

/** Columns of a stored row: the fact's, what an import sets, and the batch. */
export const storedColumns = (shape: TableShape): string[] => [
  ...shape.columns,
  ...Object.keys(shape.constants),
  'batch_id',
];

async function storedRows(
  sql: Sql,
  shape: TableShape,
  rows: readonly FactRow[],
  isLocked: boolean,
): Promise<Map<string, FactRow>> {
  const found = new Map<string, FactRow>();
  const columns = storedColumns(shape).map((column) => selectExpression(shape, column));
  const keyColumns = shape.columns.slice(0, shape.keyLength);
  const key = shape.keyLength === 1 ? keyColumns.join() : `(${keyColumns.join(', ')})`;
  const keys = rows.map((row) =>
    shape.keyLength === 1 ? (row[0] as SqlScalar) : row.slice(0, shape.keyLength),
  );
  await sql.stream(
    `SELECT ${columns.join(', ')} FROM ${shape.table} WHERE ${key} IN (?)${isLocked ? ' FOR UPDATE' : ''}`,
    [keys as unknown as SqlParam],
    (row) => found.set(keyOf(row, shape.keyLength), row),
  );
  return found;
}

/** The column as it is selected for comparison with a row to store. */
const selectExpression = ({ wallTimes }: TableShape, column: string): string =>
  wallTimes?.includes(column) === true ? `CAST(${column} AS CHAR(19)) AS ${column}` : column;

const keyOf = (row: FactRow, length: number): string =>
  length === 1 ? String(row[0]) : row.slice(0, length).join(KEY_SEPARATOR);

/** Whether a row to store equals the stored one (which has more elements behind). */
function isSame(row: FactRow, stored: FactRow, columns: number): boolean {
  for (let index = 0; index < columns; index += 1) if (row[index] !== stored[index]) return false;
  return true;
}
