import type { DayString, SalesRole } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import { readPlanBook } from './plan-rows.ts';

/** The plan version that prices a role. */
export interface PlanOfRole {
  readonly id: string;
  readonly version: number;
  readonly name: string;
}

/** The published plan version that prices this role on a day; null: none covers it. */
export async function planForRole(sql: Sql, role: SalesRole, on: DayString): Promise<PlanOfRole | null> {
  const book = await readPlanBook(sql);
  const spans = book.spansOf({ roles: [{ role, validFrom: on }], lastWorkingDays: [] });
  const span = spans.find((candidate) => candidate.from <= on && on <= candidate.to);
  if (!span) return null;
  const { id, version, name } = span.plan;
  return { id, version, name };
}
