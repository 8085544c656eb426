import { mulDivHalfUp } from '../rounding/half-up.ts';

/** Groups under this size show no average: it would tell too much about a single person. */
export const TEAM_MINIMUM = 5;

/** Running sum of the stored values of one department and metric. */
export interface TeamSum {
  sum: number;
  people: number;
}

/**
 * Mean of stored values (ten-thousandths), half up; null under five people. Source: docs/domain.md §3: the people of
 * exactly the same main department and scope who have the metric, the person included.
 */
export const teamAverage = (team: TeamSum): number | null =>
  team.people < TEAM_MINIMUM ? null : mulDivHalfUp(team.sum, 1, team.people);
