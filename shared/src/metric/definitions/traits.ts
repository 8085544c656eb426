import { assessmentTraits } from './assessments.ts';
import { attendanceRateTraits } from './attendance.ts';
import {
  collaborationResponseHoursTraits,
  collaborationSolvedRateTraits,
  collaborationsPerMonthTraits,
} from './collaborations.ts';
import { largeDealWinRateTraits, largeFollowupDaysTraits } from './large-deals.ts';
import { renewalRateTraits } from './renewals.ts';
import { satisfactionAvgTraits } from './satisfaction.ts';
import { smallDealCycleDaysTraits, smallDealWinRateTraits } from './small-deals.ts';
import { largeAccountTenureMonthsTraits } from './tenure.ts';
import { courseTraits, trainingPassedTraits } from './trainings.ts';
import type { MetricTraits } from '../definition.ts';

/** Of every metric: those with a name of their own in the order of values and lists, then the families. */
export const traits = [
  smallDealWinRateTraits,
  smallDealCycleDaysTraits,
  largeDealWinRateTraits,
  largeFollowupDaysTraits,
  largeAccountTenureMonthsTraits,
  collaborationsPerMonthTraits,
  collaborationResponseHoursTraits,
  collaborationSolvedRateTraits,
  renewalRateTraits,
  satisfactionAvgTraits,
  trainingPassedTraits,
  attendanceRateTraits,
  courseTraits,
  assessmentTraits,
] as const;

/** `course:<name>` → `course:`; other ids stay. */
const definedId = (id: string): string => id.replace(/:[^]*/, ':');

/** How a metric's values are told; undefined for one that no definition knows. */
export const traitsOf = (id: string): MetricTraits | undefined =>
  traits.find((each) => each.id === definedId(id));
