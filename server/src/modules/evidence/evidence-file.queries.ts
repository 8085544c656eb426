import { AppError } from '@shigang/shared';
import { may, type Viewer } from '../../access/index.ts';
import type { Sql } from '../../platform/database.ts';
import { sha256 } from '../../platform/ids.ts';
import { shanghaiInstant } from '@shigang/shared';
import { memberName, requireCycle, type Cycle } from '../cycle/index.ts';
import type { EvidenceDeps } from './deps.ts';
import { fileEntries } from './file-entries.ts';
import { fileFacts, type ChangeFacts, type FileFacts } from './file-facts.queries.ts';
import type { PersonChange, PersonFileAnswer, PersonNotice } from '@shigang/shared/answers';
import { missingEvidence } from '../role-change/index.ts';

const at = (instant: Date | null): string | null =>
  instant === null ? null : shanghaiInstant(instant.getTime());

/**
 * Evidence file 依据档案 of one person, for HR whose scope holds them; the read is audited.
 * @throws AppError access.denied, cycle.not_found, cycle.person_not_found (absent and not visible look alike)
 */
export async function personFile(
  deps: EvidenceDeps,
  viewer: Viewer,
  { cycleId, userId }: { readonly cycleId: string; readonly userId: string },
): Promise<PersonFileAnswer> {
  if (!may(viewer, 'cycle.read')) throw new AppError('access.denied');
  const cycle = await requireCycle(deps.db, cycleId);
  const name = await memberName(deps.db, { cycle, viewer }, userId);
  const facts = name !== null ? await fileFacts(deps.db, cycle, userId) : null;
  if (!facts) throw new AppError('cycle.person_not_found');
  await deps.audit.recordRead(deps.db, viewer, 'file', userId);
  const entries = fileEntries(facts, 'hr');
  const decision = facts.decisions.find((one) => one.isCurrent === 1) ?? null;
  const change = facts.changes.find((one) => one.decisionId === decision?.decisionId) ?? null;
  return {
    cycleId,
    period: cycle.period,
    userId,
    name: facts.member.name,
    decisionId: decision?.decisionId ?? null,
    change: change && (await changeOf(deps, change)),
    notices: await noticesOf(deps, { facts, userId, decisionId: decision?.decisionId ?? null }),
    training: decision && (await deps.development.planOf(deps.db, decision.decisionId)),
    entries,
    contentHash: sha256(JSON.stringify(entries)),
    may: await actsOf(deps.db, { cycle, viewer, userId, change }),
  };
}

async function changeOf(deps: EvidenceDeps, change: ChangeFacts): Promise<PersonChange> {
  const { state, fromRole, toRole, returnedWhy, returnedRemark, consentText, replyDueOn } = change;
  const { answer, answerText, ground, effectiveOn, approvalState } = change;
  return {
    ...{ state, fromRole, toRole, returnedWhy, returnedRemark, consentText, replyDueOn },
    ...{ answer, answerText, ground, effectiveOn },
    isForAdmin: change.isForAdmin === 1,
    approval:
      approvalState === null
        ? null
        : {
            state: approvalState,
            starterName: change.starterName,
            approverName: change.approverName,
            startedAt: at(change.startedAt),
            settledAt: at(change.approvalSettledAt),
            remark: change.remark,
          },
    missing: approvalState === 'waiting' ? await missingEvidence(deps.db, change.decisionId) : [],
  };
}

interface Told {
  readonly facts: FileFacts;
  readonly userId: string;
  /** The one in force. */
  readonly decisionId: string | null;
}

/** Of every decision; the last one of that in force may be sent again when none arrived and none is on its way. */
async function noticesOf(
  { db, notice }: EvidenceDeps,
  { facts, userId, decisionId }: Told,
): Promise<PersonNotice[]> {
  const last = facts.notices.filter((one) => one.decisionId === decisionId).at(-1);
  const isOpen = decisionId !== null && (await notice.mayTellAgain(db, { decisionId, userId }));
  return facts.notices.map((one) => ({
    noticeId: one.noticeId,
    title: one.title,
    state: one.state,
    sentAt: at(one.acceptedAt),
    seenAt: at(one.seenAt),
    mayResend: isOpen && one === last,
  }));
}

interface Acting {
  readonly cycle: Cycle;
  readonly viewer: Viewer;
  readonly userId: string;
  readonly change: ChangeFacts | null;
}

/** What the viewer may do now; the commands decide again. */
async function actsOf(sql: Sql, { cycle, viewer, userId, change }: Acting): Promise<PersonFileAnswer['may']> {
  const isJudge = may(viewer, 'cycle.decide') && (change?.isForAdmin !== 1 || viewer.isHrAdmin);
  const isPublished = cycle.state === 'published' && cycle.actions === 'full';
  const isReturned = change?.state === 'returned';
  const [employee] = await sql.select<{ active: number }>('SELECT active FROM employees WHERE user_id = ?', [
    userId,
  ]);
  const why = change?.returnedWhy ?? null;
  return {
    keep: isJudge && isReturned,
    offerAgain: isJudge && isPublished && employee?.active === 1,
    ground: isJudge && isReturned && (why === 'talk' || why === 'decline' || why === 'overdue'),
  };
}
