import { dayName, fill, homeStepText, salesRoleNames } from '@shigang/shared';
import type { HomeDevelopment } from '@shigang/shared/answers';

/** The next step in one sentence: the reply, then how far the change is, then the courses. */
export function stepWords({ reply, change, trainingDueOn }: HomeDevelopment, nowAt: string): string {
  if (reply !== null) return fill(homeStepText['step.reply'], { day: dayName(reply.dueOn, nowAt) });
  if (change !== null) return changeWords(change, nowAt);
  if (trainingDueOn !== null)
    return fill(homeStepText['step.training'], { day: dayName(trainingDueOn, nowAt) });
  return homeStepText['step.other'];
}

function changeWords(
  { state, toRole, effectiveOn }: NonNullable<HomeDevelopment['change']>,
  nowAt: string,
): string {
  const params = {
    day: effectiveOn === null ? '' : dayName(effectiveOn, nowAt),
    role: salesRoleNames[toRole],
  };
  switch (state) {
    case 'open':
      return homeStepText['step.manager'];
    case 'returned':
      return homeStepText['step.returned'];
    case 'agreed':
      return fill(homeStepText['step.agreed'], params);
    case 'effective':
      return fill(homeStepText['step.effective'], params);
    default:
      return homeStepText['step.kept'];
  }
}
