import { day, parsePlan, PlanBook, type DayString, type PlanVersion } from '@shigang/shared';
import type { Sql } from '../../../platform/database.ts';
import { readJson } from '../../../platform/json.ts';

/** How far a plan version has come; one that is published prices whatever is anchored on or after its `validFrom`. */
export type PlanState = 'draft' | 'consultation' | 'published' | 'effective';

/** A stored version: content, number, state and the hash of its canonical text. */
export interface StoredPlan {
  readonly content: PlanVersion;
  readonly isPublished: boolean;
  readonly contentHash: string;
}

interface PlanRow {
  plan_id: string;
  version: number;
  state: PlanState;
  doc: string;
  content_hash: string;
}

/** All plan versions by id and number. */
export async function readPlans(sql: Sql): Promise<StoredPlan[]> {
  const rows = await sql.select<PlanRow>(
    'SELECT plan_id, version, state, doc, content_hash FROM incentive_plans ORDER BY plan_id, version',
  );
  return rows.map((row) => ({
    content: { ...parsePlan(readJson(row.doc)), version: Number(row.version) },
    isPublished: row.state === 'published' || row.state === 'effective',
    contentHash: row.content_hash,
  }));
}

export const publishedOf = (plans: readonly StoredPlan[]): PlanVersion[] =>
  plans.filter((plan) => plan.isPublished).map((plan) => plan.content);

/** The published plans, ready to price. */
export const readPlanBook = async (sql: Sql): Promise<PlanBook> =>
  new PlanBook(publishedOf(await readPlans(sql)));

/** The state a person sees: a published version becomes effective with its first day. */
export function stateOn(
  plan: { readonly isPublished: boolean; readonly validFrom: DayString },
  on: string,
): PlanState {
  if (!plan.isPublished) return 'draft';
  return plan.validFrom <= day(on) ? 'effective' : 'published';
}
