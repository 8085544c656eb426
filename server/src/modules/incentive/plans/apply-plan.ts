import {
  AppError,
  canonicalPlan,
  findRoleOverlap,
  parsePlan,
  periodOfDay,
  planVersionInForce,
  quarterIndex,
  salesRoleNames,
  type DayString,
  type PlanContent,
  type PlanVersion,
} from '@shigang/shared';
import { assertMay, type Viewer } from '../../../access/index.ts';
import { sqlInstant, today } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database.ts';
import { sha256 } from '../../../platform/ids.ts';
import { lock } from '../../../platform/locks.ts';
import { markHolders } from '../../facts/index.ts';
import type { IncentiveDeps } from '../deps.ts';
import { publishedOf, readPlans, stateOn, type PlanState, type StoredPlan } from './plan-rows.ts';

export interface PlanApplied {
  readonly id: string;
  readonly version: number;
  /** `unchanged`: the version in force at the file's `validFrom`, or the latest draft, has the same content. */
  readonly status: 'created' | 'unchanged';
  readonly state: PlanState;
  readonly validFrom: DayString;
}

/**
 * Stores a plan file as the next version of its id (`npx shigang plan apply`); a version is never changed afterwards.
 * With `publish` it also records consultation and publication as done outside the system, and the version prices
 * everything anchored on or after its `validFrom`. Statements that it concerns are marked for recomputing.
 * @throws AppError access.denied · plan.invalid, plan.component_unsupported (see `parsePlan`) · plan.role_overlap when two plans would
 *   cover a role on one day · plan.locked_period when it would change a locked statement
 */
export async function applyPlan(
  deps: IncentiveDeps,
  viewer: Viewer,
  file: unknown,
  options: { readonly publish: boolean },
): Promise<PlanApplied> {
  assertMay(viewer, 'plan.apply');
  const content = parsePlan(file);
  const contentHash = sha256(canonicalPlan(content));
  return deps.db.transaction(async (tx) => {
    await lock(tx, 'plans');
    const plans = await readPlans(tx);
    const same = sameContent(plans, content, contentHash);
    const version = same?.content.version ?? nextVersion(plans, content.id);
    const candidate: PlanVersion = { ...content, version };
    const isPublished = options.publish || (same?.isPublished ?? false);
    assertNoOverlap(plans, candidate);
    if (!same) await insertVersion(deps, tx, viewer, { candidate, contentHash });
    if (options.publish && !same?.isPublished) {
      await assertNothingLocked(tx, content);
      await publishOutside(deps, tx, viewer, { candidate, contentHash });
      await markStatements(deps, tx, content);
    }
    const stamp = { id: content.id, version, validFrom: content.validFrom };
    await auditPlan(deps, tx, viewer, {
      stamp,
      isNew: !same,
      isNewlyPublished: isPublished && !same?.isPublished,
    });
    return {
      ...stamp,
      status: same ? 'unchanged' : 'created',
      state: stateOn({ isPublished, validFrom: content.validFrom }, today(deps.clock)),
    };
  });
}

/** The published version in force at `validFrom`, else the latest version as long as it is a draft, if its content is this. */
function sameContent(
  plans: readonly StoredPlan[],
  content: PlanContent,
  contentHash: string,
): StoredPlan | undefined {
  const own = plans.filter((plan) => plan.content.id === content.id);
  const inForce = planVersionInForce(publishedOf(own), content.id, content.validFrom);
  const draft = own.findLast((plan) => !plan.isPublished && plan === own.at(-1));
  return [own.find((plan) => plan.content.version === inForce?.version), draft].find(
    (plan) => plan?.contentHash === contentHash,
  );
}

const nextVersion = (plans: readonly StoredPlan[], id: string): number =>
  plans.reduce(
    (highest, { content }) => (content.id === id ? Math.max(highest, content.version) : highest),
    0,
  ) + 1;

function assertNoOverlap(plans: readonly StoredPlan[], candidate: PlanVersion): void {
  const others = publishedOf(plans).filter(
    (plan) => plan.id !== candidate.id || plan.version !== candidate.version,
  );
  const overlap = findRoleOverlap([...others, candidate]);
  if (!overlap) return;
  const { role, on, id, otherId } = overlap;
  throw new AppError('plan.role_overlap', { role: salesRoleNames[role], on, id, otherId });
}

/** Publishing backwards into a locked or paid statement of somebody whom the plan covers is refused. */
async function assertNothingLocked(tx: Tx, content: PlanContent): Promise<void> {
  const [locked] = await tx.select<{ period: string | null }>(
    `SELECT MIN(s.period) AS period FROM statements s
     WHERE s.status <> 'open' AND s.period >= ?
       AND EXISTS (SELECT 1 FROM role_assignments r WHERE r.user_id = s.user_id AND r.role IN (?))`,
    [periodOfDay(content.validFrom), content.roles],
  );
  if (!locked?.period) return;
  throw new AppError('plan.locked_period', { period: locked.period, validFrom: content.validFrom });
}

interface Candidate {
  readonly candidate: PlanVersion;
  readonly contentHash: string;
}

async function insertVersion(deps: IncentiveDeps, tx: Tx, viewer: Viewer, plan: Candidate): Promise<void> {
  const { candidate, contentHash } = plan;
  const now = sqlInstant(deps.clock.now());
  await tx.insertMany(
    'incentive_plans',
    ['plan_id', 'version', 'valid_from', 'name', 'state', 'doc', 'content_hash', 'created_at', 'created_by'],
    [
      // prettier-ignore
      [candidate.id, candidate.version, candidate.validFrom, candidate.name, 'draft', canonicalPlan(candidate), contentHash, now, viewer.actor],
    ],
  );
}

async function publishOutside(deps: IncentiveDeps, tx: Tx, viewer: Viewer, plan: Candidate): Promise<void> {
  const { candidate, contentHash } = plan;
  const now = sqlInstant(deps.clock.now());
  await tx.execute("UPDATE incentive_plans SET state = 'published' WHERE plan_id = ? AND version = ?", [
    candidate.id,
    candidate.version,
  ]);
  await tx.insertMany(
    'plan_records',
    ['plan_id', 'version', 'step', 'marked', 'text_hash', 'recorded_by', 'recorded_at'],
    ['consultation', 'publication'].map((step) => [
      candidate.id,
      candidate.version,
      step,
      'outside',
      contentHash,
      viewer.actor,
      now,
    ]),
  );
}

/** Everybody who ever held a role of the plan, in every quarter from its first day to the present one. */
async function markStatements(deps: IncentiveDeps, tx: Tx, content: PlanContent): Promise<void> {
  const last = quarterIndex(periodOfDay(today(deps.clock)));
  for (let quarter = quarterIndex(periodOfDay(content.validFrom)); quarter <= last; quarter += 1) {
    await markHolders(tx, content.roles, quarter, deps.clock.now());
  }
}

async function auditPlan(
  deps: IncentiveDeps,
  tx: Tx,
  viewer: Viewer,
  plan: {
    readonly stamp: { readonly id: string; readonly version: number; readonly validFrom: DayString };
    readonly isNew: boolean;
    readonly isNewlyPublished: boolean;
  },
): Promise<void> {
  const subject = {
    subjectKind: 'plan',
    subjectId: `${plan.stamp.id}@${plan.stamp.version}`,
    after: plan.stamp,
  };
  if (plan.isNew) await deps.audit.record(tx, viewer, { action: 'plan.created', ...subject });
  if (plan.isNewlyPublished) {
    await deps.audit.record(tx, viewer, {
      action: 'plan.published',
      ...subject,
      reason: '已在系统外征求意见并公示',
    });
  }
}
