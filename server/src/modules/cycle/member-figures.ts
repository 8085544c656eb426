import { AppError, isPublic, MetricSums, readSums, type SalesRole, type Tier } from '@shigang/shared';
import { visibleEmployees } from '../../access/index.ts';
import {
  evidenceOfOne,
  roleModelVersion,
  Scorer,
  type FiguresRequest,
  type PersonFigures,
} from '../match/index.ts';
import { findProfileValues, readProfileDoc, type ProfileValues } from '../profile/index.ts';
import { layoutOf, pictureOf, type Cycle } from './cycle.ts';
import type { CycleDeps } from './deps.ts';
import { teamAveragesOf } from './finish-compute.ts';
import { evidencePicture, readFrozenEvidence } from './freeze-evidence.ts';

interface MemberDetail {
  readonly name: string;
  readonly mainDeptId: number | null;
  readonly presentRole: SalesRole;
  readonly doc: string | null;
  readonly evidence: string | null;
  readonly suggested: Tier | null;
  readonly suggestedRole: SalesRole | null;
}

/** A member's figures as the cycle holds them, evidence frozen once it is published. Null: no such member to see. */
export async function memberFigures(
  deps: CycleDeps,
  cycle: Cycle,
  request: FiguresRequest,
): Promise<PersonFigures | null> {
  const may = visibleEmployees(request.viewer, request.data, 'm.user_id');
  const [member] = await deps.db.select<MemberDetail>(
    `SELECT m.name, m.main_dept_id AS mainDeptId, m.present_role AS presentRole, m.doc, m.evidence,
       m.tier AS suggested, m.target_role AS suggestedRole
     FROM cycle_members m WHERE m.cycle_id = ? AND m.user_id = ? AND m.doc IS NOT NULL AND ${may.sql}`,
    [cycle.cycleId, request.userId, ...may.params],
  );
  if (!member || member.doc === null) return null;
  const evidence =
    isPublic(cycle.state) && member.evidence !== null
      ? readFrozenEvidence(member.evidence)
      : await evidenceOfOne(deps, (await evidencePicture(deps.db, cycle)).plan, request.userId);
  return {
    source: {
      version: await roleModelVersion(deps.db, cycle.role, cycle.modelVersion),
      period: cycle.period,
      values: findProfileValues(member.doc) ?? (await valuesFromSums(deps, cycle, request.userId)),
      teamAverages: await teamAveragesOf(deps, cycle, member.mainDeptId),
      evidence,
    },
    name: member.name,
    presentRole: member.presentRole,
    suggested: member.suggested,
    suggestedRole: member.suggestedRole,
    dataAt: cycle.snapshotAt?.getTime() ?? null,
  };
}

/**
 * The values of a member whose profile a later release wrote, from the sums that the cycle froze: they give what was
 * stored, whoever reckons. The facts of today would not.
 * @throws AppError profile.other_release where the sums are the later release's too
 */
async function valuesFromSums(deps: CycleDeps, cycle: Cycle, userId: string): Promise<ProfileValues> {
  const picture = await pictureOf(deps.db, cycle);
  const [member] = await deps.db.select<{ sums: string; hiredOn: string | null }>(
    'SELECT sums, hired_on AS hiredOn FROM cycle_members WHERE cycle_id = ? AND user_id = ?',
    [cycle.cycleId, userId],
  );
  const layout = layoutOf(picture);
  const sums = new MetricSums(layout, picture.plan.window, 1);
  if (!member || !readSums(sums, 0, member.sums)) throw new AppError('profile.other_release');
  const scorer = new Scorer(picture.version, layout, picture.frozen.company);
  return readProfileDoc(scorer.score({ userId, mainDeptId: null, hiredOn: member.hiredOn }, sums, 0).row.doc);
}
