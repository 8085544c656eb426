import type { MetricId } from '../metric/catalogue.ts';
import type { Tier } from '../messages/words.ts';
import type { MustHave, RoleModel } from '../role-model/content.ts';
import type { MatchScore, Standing } from './score.ts';

/** Why the data says too little. */
export type InsufficientReason = 'coverage' | 'employed_days' | 'leave';

export interface TierSuggestion {
  readonly tier: Tier;
  /** Empty unless the tier is `insufficient_data`. */
  readonly insufficient: readonly InsufficientReason[];
  /** Must-haves that are not met; they cap the tier at `train`. */
  readonly unmet: readonly MetricId[];
  /** Whether the score alone would have given `transition`. */
  readonly isCapped: boolean;
}

export interface TierInput extends MatchScore {
  readonly standing: Standing;
  readonly unmet: readonly MustHave[];
}

/**
 * Tier of a rounded score (docs/domain.md §4): too little data first, then the thresholds (reaching one counts), then
 * the cap of unmet must-haves.
 */
export function suggestTier(model: RoleModel, input: TierInput): TierSuggestion {
  const insufficient = insufficientReasons(model, input);
  const unmet = input.unmet.map((must) => must.metric);
  if (input.score === null || insufficient.length > 0) {
    return { tier: 'insufficient_data', insufficient, unmet, isCapped: false };
  }
  const byScore = tierOfScore(model, input.score);
  const isCapped = byScore === 'transition' && unmet.length > 0;
  return { tier: isCapped ? 'train' : byScore, insufficient, unmet, isCapped };
}

/** Tier by the thresholds alone; `score` in hundredths. */
export function tierOfScore(
  model: Pick<RoleModel, 'thresholds'>,
  score: number,
): Exclude<Tier, 'insufficient_data'> {
  if (score >= model.thresholds.transition) return 'transition';
  return score >= model.thresholds.train ? 'train' : 'reassign';
}

function insufficientReasons(model: RoleModel, input: TierInput): InsufficientReason[] {
  const { employedDays, scheduled, leave } = input.standing;
  const reasons: InsufficientReason[] = [];
  if (input.score === null || input.coverage < model.minCoverage) reasons.push('coverage');
  if (employedDays !== null && employedDays < model.minEmployedDays) reasons.push('employed_days');
  // More than a third of the scheduled days; nothing scheduled, nothing known.
  if (scheduled > 0 && 3 * leave > scheduled) reasons.push('leave');
  return reasons;
}
