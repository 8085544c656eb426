import { AppError, dealStatuses, readings, segmentCode, type Condition } from '@shigang/shared';
import type { Predicate } from '../../access/index.ts';
import type { GatherPlan } from './gather-plan.ts';
import { metricSources, type FilterColumn, type QueriedReading } from './metric-sources.ts';

/** The conditions of a reading as SQL, on the columns that its source names. */
export function whereOf(name: QueriedReading, plan: GatherPlan): Predicate {
  const { where } = metricSources[name];
  const parts = readings[name].where.map((condition) => {
    const column = where[condition.field];
    if (column === undefined)
      throw new AppError('internal', {}, { about: { reading: name, field: condition.field } });
    return partOf(condition, column, plan);
  });
  return { sql: parts.map((part) => part.sql).join(' AND '), params: parts.flatMap((part) => part.params) };
}

function partOf(condition: Condition, column: FilterColumn, plan: GatherPlan): Predicate {
  if ('segment' in column) return segmentIs(condition, plan);
  const { firstOn, lastOn } = plan.window;
  if ('quarter' in column && condition.test === 'in_window')
    return { sql: `${column.quarter} IN (?)`, params: [plan.quarters] };
  if ('quarter' in column && condition.test === 'from_start')
    return { sql: `${column.quarter} IN (?)`, params: [plan.closedQuarters] };
  if ('day' in column && condition.test === 'in_window')
    return { sql: `${column.day} BETWEEN ? AND ?`, params: [firstOn, lastOn] };
  if ('day' in column && condition.test === 'by_end') return { sql: `${column.day} <= ?`, params: [lastOn] };
  if ('value' in column && condition.test === 'known')
    return { sql: `${column.value} IS NOT NULL`, params: [] };
  if ('status' in column && condition.test === 'is')
    return { sql: `${column.status} = ?`, params: [dealStatuses[condition.value] ?? ''] };
  throw new AppError('internal', {}, { about: condition });
}

/** Large by what the source said, else by the amount; no reading asks for another segment. */
function segmentIs(condition: Condition, { bounds }: GatherPlan): Predicate {
  if (condition.test !== 'is' || condition.value !== segmentCode('large'))
    throw new AppError('internal', {}, { about: condition });
  return {
    sql: `(stated_segment = 'large' OR (stated_segment IS NULL AND amount_fen >= ?))`,
    params: [bounds.largeFromFen],
  };
}
