import type { DayString, SalesRole } from '@shigang/shared';
import type { Sql } from '../../../platform/database.ts';
import { readPlanBook } from './plan-rows.ts';

/** The plan version that prices a role. */
export interface PlanOfRole {
  readonly id: string;
  readonly version: number;
  readonly name: string;
}

/** Answers with the published plan version that prices a role on a day; null: none covers it. */
export type PlanForRole = (role: SalesRole, on: DayString) => PlanOfRole | null;

/** The plans as they are now, read once for however many roles and days. */
export async function readPlanForRole(sql: Sql): Promise<PlanForRole> {
  const book = await readPlanBook(sql);
  return (role, on) => {
    const spans = book.spansOf({ roles: [{ role, validFrom: on }], lastWorkingDays: [] });
    const span = spans.find((candidate) => candidate.from <= on && on <= candidate.to);
    if (!span) return null;
    const { id, version, name } = span.plan;
    return { id, version, name };
  };
}
