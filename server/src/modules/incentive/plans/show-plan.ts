import { AppError, planFile, planVersionInForce, type DayString } from '@shigang/shared';
import { assertMay, type Viewer } from '../../../access/index.ts';
import { today } from '../../../platform/clock.ts';
import type { IncentiveDeps } from '../deps.ts';
import { publishedOf, readPlans } from './plan-rows.ts';

/**
 * The published version in force on the day (default today), as a file that `plan apply` takes as `unchanged`; with no
 * day and none in force yet, the latest version.
 * @throws AppError access.denied, plan.not_found
 */
export async function showPlan(
  deps: IncentiveDeps,
  viewer: Viewer,
  { id, on }: { readonly id: string; readonly on?: DayString | undefined },
): Promise<unknown> {
  assertMay(viewer, 'plan.show');
  const plans = await readPlans(deps.db);
  const inForce = planVersionInForce(publishedOf(plans), id, on ?? today(deps.clock));
  const latest = on === undefined ? plans.findLast((plan) => plan.content.id === id)?.content : undefined;
  const found = inForce ?? latest;
  if (!found) throw new AppError('plan.not_found', { id });
  return planFile(found);
}
