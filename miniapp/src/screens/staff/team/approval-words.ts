import { dayName, fill, replyAnswerNames, teamText } from '@shigang/shared';
import type { TeamApproval } from '@shigang/shared/answers';

/** What the person said to the offer, or until when there is time. */
export function replyWords({ answer, replyDueOn, state }: TeamApproval, nowAt: string): string | null {
  if (answer !== null) return fill(teamText['approvals.answered'], { answer: replyAnswerNames[answer] });
  const day = dayName(replyDueOn, nowAt);
  if (nowAt.slice(0, 10) > replyDueOn) return fill(teamText['approvals.overdue'], { day });
  return state === 'open' ? fill(teamText['approvals.unanswered'], { day }) : null;
}

/** Where the change stands, as one sentence. */
export function stateWords(approval: TeamApproval, nowAt: string): string {
  const { state, effectiveOn } = approval;
  const day = effectiveOn === null ? '' : dayName(effectiveOn, nowAt);
  switch (state) {
    case 'open':
      return approvalWords(approval);
    case 'returned':
      return teamText['approvals.returned'];
    case 'agreed':
      return fill(teamText['approvals.agreed'], { day });
    case 'effective':
      return fill(teamText['approvals.effective'], { day });
    default:
      return teamText[`approvals.${state}`];
  }
}

function approvalWords({ approvalState, isMine }: TeamApproval): string {
  switch (approvalState) {
    case 'waiting':
      return teamText['approvals.waits'];
    case 'running':
      return teamText[isMine ? 'approvals.mine' : 'approvals.elsewhere'];
    case 'agreed':
      return teamText['approvals.agreedWaits'];
    case 'starting':
    case null:
      return teamText['approvals.starting'];
    default:
      return teamText['approvals.returned'];
  }
}
