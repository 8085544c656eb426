import {
  decisionNotice,
  workingDaysUntil,
  type DayString,
  type Period,
  type SalesRole,
} from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import { readWorkingCalendar } from '../org/index.ts';
import { shanghaiInstant } from '@shigang/shared';
import { cycleIdOf, requireCycle } from '../cycle/index.ts';
import type { EvidenceDeps } from './deps.ts';
import { fileEntries } from './file-entries.ts';
import { fileFacts, type ChangeFacts } from './file-facts.queries.ts';
import type { DevelopmentAnswer, DevelopmentNotice, DevelopmentReply } from '@shigang/shared/answers';
import { timelineOf } from './timeline.ts';

export type OwnDevelopment = Omit<DevelopmentAnswer, 'viewer' | 'nowAt' | 'dataAt'>;

interface DevelopmentSubject {
  /** Null: the newest with a notice. */
  readonly period: Period | null;
  readonly role: SalesRole;
}

/**
 * The viewer's own decision as it was told, and what came of it. Opening it proves that the notice arrived, which may be
 * what a waiting approval lacked. Nothing of a cycle that is not published, or that an earlier release published.
 */
export async function ownDevelopment(
  deps: EvidenceDeps,
  viewer: Viewer,
  subject: DevelopmentSubject,
): Promise<OwnDevelopment> {
  const userId = viewer.userId ?? '';
  const periods = await periodsWithNotice(deps, userId, subject.role);
  const period = subject.period ?? periods[0];
  if (period === undefined || !periods.includes(period)) return { periods, notice: null };
  const cycleId = cycleIdOf(period, subject.role);
  const decisionId = await currentDecisionId(deps, cycleId, userId);
  if (decisionId !== null)
    await deps.db.transaction(async (tx) => {
      if (await deps.notice.markSeen(tx, { decisionId, userId }))
        await deps.roleChange.openGateIfComplete(tx, decisionId);
    });
  return { periods, notice: await noticeOf(deps, cycleId, userId) };
}

async function periodsWithNotice(deps: EvidenceDeps, userId: string, role: SalesRole): Promise<Period[]> {
  const rows = await deps.db.select<{ period: Period }>(
    `SELECT c.period FROM review_cycles c
     JOIN decisions d ON d.cycle_id = c.cycle_id AND d.user_id = ? AND d.current_key IS NOT NULL
     JOIN notices n ON n.decision_id = d.decision_id AND n.wording = 1
     WHERE c.role = ? AND c.state IN ('published', 'closed') AND c.actions = 'full' ORDER BY c.period DESC`,
    [userId, role],
  );
  return rows.map((row) => row.period);
}

async function currentDecisionId(
  deps: EvidenceDeps,
  cycleId: string,
  userId: string,
): Promise<string | null> {
  const [row] = await deps.db.select<{ id: string }>(
    'SELECT decision_id AS id FROM decisions WHERE current_key = ?',
    [`${cycleId}/${userId}`],
  );
  return row?.id ?? null;
}

async function noticeOf(
  deps: EvidenceDeps,
  cycleId: string,
  userId: string,
): Promise<DevelopmentNotice | null> {
  const cycle = await requireCycle(deps.db, cycleId);
  const facts = await fileFacts(deps.db, cycle, userId);
  const decision = facts?.decisions.find((one) => one.isCurrent === 1);
  if (!facts || !decision) return null;
  const told = await deps.notice.toldFacts(deps.db, decision.decisionId);
  if (told === null) return null;
  const { headline, summary, reasons, reached, nextStep } = decisionNotice(told);
  const change = facts.changes.find((one) => one.decisionId === decision.decisionId);
  return {
    period: cycle.period,
    decisionId: decision.decisionId,
    publishedOn: told.publishedOn,
    tier: told.tier,
    presentRole: told.presentRole,
    offeredRole: told.offeredRole,
    ...{ headline, summary, reasons: [...reasons], reached: [...reached], nextStep },
    reply: change ? await replyOf(deps, change) : null,
    timeline: timelineOf(facts, decision),
    training: await deps.development.planOf(deps.db, decision.decisionId),
    file: fileEntries(facts, 'person'),
  };
}

async function replyOf(deps: EvidenceDeps, change: ChangeFacts): Promise<DevelopmentReply> {
  const on = today(deps.clock);
  const dueOn = change.replyDueOn as DayString;
  const isOpen = change.state === 'open' && change.answer === null && change.ground === null && on <= dueOn;
  return {
    consentText: change.consentText,
    consentHash: change.consentHash,
    dueOn,
    workingDaysLeft: workingDaysUntil(on, dueOn, await readWorkingCalendar(deps.db)),
    isOpen,
    answer: change.answer,
    text: change.answerText,
    repliedAt: change.repliedAt === null ? null : shanghaiInstant(change.repliedAt.getTime()),
  };
}
