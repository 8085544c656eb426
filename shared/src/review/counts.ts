import type { Tier } from '../messages/words.ts';

/** People per tier; `left` stands beside the tiers: no decision, no notice. */
export interface TierCounts {
  transition: number;
  train: number;
  reassign: number;
  insufficient_data: number;
  later: number;
  left: number;
}

export interface CountedPerson {
  readonly suggested: Tier | null;
  /** The decision in force, `later`, or null while undecided. */
  readonly decided: Tier | 'later' | null;
  readonly hasLeft: boolean;
}

/** Per person the decision, else the suggestion; who has left is counted apart (docs/domain.md §5). */
export function countTiers(people: Iterable<CountedPerson>): TierCounts {
  const counts: TierCounts = {
    transition: 0,
    train: 0,
    reassign: 0,
    insufficient_data: 0,
    later: 0,
    left: 0,
  };
  for (const person of people) {
    const tier = person.hasLeft ? 'left' : (person.decided ?? person.suggested);
    if (tier !== null) counts[tier] += 1;
  }
  return counts;
}
