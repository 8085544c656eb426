import { fieldsOf, readings } from '@shigang/shared';
import type { Predicate } from '../../access/index.ts';
import type { Sql, SqlScalar } from '../../platform/database.ts';
import { recordShapes } from '../facts/index.ts';
import type { GatherPlan } from './gather-plan.ts';
import { metricSources, type QueriedReading } from './metric-sources.ts';
import { whereOf } from './reading-where.ts';

/** One stretch of people whose records are read. */
export interface ReadingChunk {
  readonly plan: GatherPlan;
  /** Position of each person by userid; rows of anybody else are passed over. */
  readonly index: ReadonlyMap<string, number>;
  /** The same people as a WHERE on `user_id`. */
  readonly of: Predicate;
}

/** Takes the numbers of one record, good until the next one, and the course or dimension that it is of. */
type UseRecord = (person: number, record: Float64Array, parameter: string | undefined) => void;

/** Streams the records of a reading, just what sums need of them. */
export function readForSums(
  sql: Sql,
  name: QueriedReading,
  chunk: ReadingChunk,
  use: UseRecord,
): Promise<void> {
  const { columns, grouped } = metricSources[name];
  const selected = grouped ?? columns;
  return stream(sql, { name, chunk, selected, tail: grouped ? 'GROUP BY user_id' : '' }, use);
}

/** An id, and the day or moment that sorts a list of them. */
export interface RecordKey {
  readonly id: string;
  readonly on: string;
}

/** Streams every record of a reading with its id. */
export function readWithIds(
  sql: Sql,
  name: QueriedReading,
  chunk: ReadingChunk,
  use: (key: RecordKey, ...of: Parameters<UseRecord>) => void,
): Promise<void> {
  const { columns, on } = metricSources[name];
  const shape = recordShapes[readings[name].kind];
  const [idAt, onAt] = [columns.length + 1, columns.length + 2];
  return stream(
    sql,
    { name, chunk, selected: [...columns, shape.id, on ?? shape.on], tail: '' },
    (person, record, parameter, row) =>
      use({ id: String(row[idAt]), on: String(row[onAt]) }, person, record, parameter),
  );
}

interface ReadingQuery {
  readonly name: QueriedReading;
  readonly chunk: ReadingChunk;
  readonly selected: readonly string[];
  readonly tail: string;
}

function stream(
  sql: Sql,
  { name, chunk, selected, tail }: ReadingQuery,
  use: (...of: [...Parameters<UseRecord>, row: readonly SqlScalar[]]) => void,
): Promise<void> {
  const { index, of, plan } = chunk;
  const { fill, parameter } = metricSources[name];
  const { kind } = readings[name];
  const where = whereOf(name, plan);
  const record = new Float64Array(fieldsOf(kind).length);
  return sql.stream(
    `SELECT user_id, ${selected.join(', ')} FROM ${recordShapes[kind].table} WHERE ${where.sql} AND ${of.sql} ${tail}`,
    [...where.params, ...of.params],
    (row) => {
      const person = index.get(row[0] as string);
      if (person === undefined) return;
      fill(row, record, plan.bounds);
      use(person, record, parameter === undefined ? undefined : String(row[parameter]), row);
    },
  );
}
