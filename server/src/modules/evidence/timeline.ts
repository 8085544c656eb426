import { dayName, fileWords, replyAnswerNames } from '@shigang/shared';
import { shanghaiInstant } from '@shigang/shared';
import type { ChangeFacts, DecisionFacts, FileFacts } from './file-facts.queries.ts';
import type { TimelineStep } from '@shigang/shared/answers';

const at = (instant: Date | null): string | null =>
  instant === null ? null : shanghaiInstant(instant.getTime());

/** The steps of a person's decision: recommended → confirmed → reply → approval → effective (docs/domain.md §5.5). */
export function timelineOf(facts: FileFacts, decision: DecisionFacts): TimelineStep[] {
  const change = facts.changes.find((one) => one.decisionId === decision.decisionId);
  const steps: TimelineStep[] = [
    {
      kind: 'recommended',
      state: 'done',
      title: fileWords('step.recommended'),
      at: at(facts.cycle.snapshotAt),
      detail: null,
    },
    {
      kind: 'confirmed',
      state: 'done',
      title: fileWords('step.confirmed'),
      at: at(decision.at),
      detail: decision.byName,
    },
  ];
  return change ? [...steps, ...changeSteps(change)] : steps;
}

/** The first step that is not done is the current one. */
function changeSteps(change: ChangeFacts): TimelineStep[] {
  const ended = endedStep(change);
  const steps = ended
    ? [replyStep(change), ...(change.startedAt ? [approvalStep(change)] : []), ended]
    : [replyStep(change), approvalStep(change), effectiveStep(change)];
  const current = steps.findIndex((step) => step.state !== 'done');
  return steps.map((step, index) => (index === current ? { ...step, state: 'current' } : step));
}

function replyStep(change: ChangeFacts): TimelineStep {
  const { answer, repliedAt, ground, groundAt, replyDueOn } = change;
  const step = { kind: 'replied', state: 'done', detail: null } as const;
  if (ground !== null) return { ...step, title: fileWords('step.ground'), at: at(groundAt) };
  if (answer !== null)
    return {
      ...step,
      title: fileWords('step.reply.done', { answer: replyAnswerNames[answer] }),
      at: at(repliedAt),
      detail: change.answerText,
    };
  if (change.state !== 'open') return { ...step, title: fileWords('step.reply.none'), at: null };
  const detail = fileWords('step.reply.waiting.detail', { day: dayName(replyDueOn, replyDueOn) });
  return { ...step, state: 'ahead', title: fileWords('step.reply.waiting'), at: null, detail };
}

function approvalStep(change: ChangeFacts): TimelineStep {
  const { approvalState, approverName, startedAt, approvalSettledAt, isGated } = change;
  const step = { kind: 'approved', detail: null } as const;
  const approver = approverName ?? fileWords('step.approval.ahead').slice(0, 2);
  switch (approvalState) {
    case 'agreed':
      return {
        ...step,
        state: 'done',
        title: fileWords('step.approval.agreed', { approver }),
        at: at(approvalSettledAt),
      };
    case 'refused':
      return { ...step, state: 'done', title: fileWords('step.approval.refused'), at: at(approvalSettledAt) };
    case 'running':
      return {
        ...step,
        state: 'ahead',
        title: fileWords('step.approval.waiting', { approver }),
        at: at(startedAt),
      };
    case 'waiting':
    case 'starting':
    case null: {
      const detail = isGated === 1 && approvalState === 'waiting' ? fileWords('step.approval.gated') : null;
      return { ...step, state: 'ahead', title: fileWords('step.approval.ahead'), at: null, detail };
    }
    default:
      return { ...step, state: 'done', title: fileWords('step.approval.ended'), at: at(approvalSettledAt) };
  }
}

function effectiveStep({ state, effectiveOn }: ChangeFacts): TimelineStep {
  const title =
    effectiveOn === null
      ? fileWords('step.effective')
      : fileWords('step.effective.on', { day: dayName(effectiveOn, effectiveOn) });
  return {
    kind: 'effective',
    state: state === 'effective' ? 'done' : 'ahead',
    title,
    at: effectiveOn,
    detail: fileWords('step.effective.detail'),
  };
}

/** What ended the offer before its day; null while it is under way or when it took effect. */
function endedStep(change: ChangeFacts): TimelineStep | null {
  switch (change.state) {
    case 'returned':
    case 'kept':
    case 'replaced':
    case 'cancelled':
      return {
        kind: 'ended',
        state: 'done',
        title: fileWords(`step.${change.state}`),
        at: at(change.state === 'returned' ? change.returnedAt : change.settledAt),
        detail: null,
      };
    default:
      return null;
  }
}
