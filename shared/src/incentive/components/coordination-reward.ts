import type { ResolvedCollaboration } from '../facts.ts';
import { RewardLine, type Line, type LineHead } from '../line.ts';
import type { CoordinationReward } from '../plan/plan.ts';

/** One line per solved collaboration, on the day it was resolved. Source: docs/domain.md §6, coordination_reward. */
export const rewardCollaborations = (
  head: LineHead,
  component: CoordinationReward,
  collaborations: readonly ResolvedCollaboration[],
): Line[] =>
  collaborations
    .filter((collaboration) => collaboration.isSolved)
    .map((solved) => new RewardLine(head, solved.anchorOn, solved.collaborationId, component.amountFen));
