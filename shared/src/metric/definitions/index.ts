import type { MetricDefinition, NamedTraits } from '../definition.ts';
import { assessment } from './assessments.ts';
import { attendanceRate } from './attendance.ts';
import {
  collaborationResponseHours,
  collaborationSolvedRate,
  collaborationsPerMonth,
} from './collaborations.ts';
import { largeDealWinRate, largeFollowupDays } from './large-deals.ts';
import { renewalRate } from './renewals.ts';
import { satisfactionAvg } from './satisfaction.ts';
import { smallDealCycleDays, smallDealWinRate } from './small-deals.ts';
import { largeAccountTenureMonths } from './tenure.ts';
import type { traits } from './traits.ts';
import { course, trainingPassed } from './trainings.ts';

const all = [
  smallDealWinRate,
  smallDealCycleDays,
  largeDealWinRate,
  largeFollowupDays,
  largeAccountTenureMonths,
  collaborationsPerMonth,
  collaborationResponseHours,
  collaborationSolvedRate,
  renewalRate,
  satisfactionAvg,
  trainingPassed,
  attendanceRate,
] as const;

/** Metrics that exist under one name. */
export type BaseMetric = (typeof all)[number]['id'];

/** What is summed of records whatever the role model. */
export type RecordSum = SumNames<(typeof all)[number]['sums']>;
type SumNames<Sums> = Sums extends unknown ? keyof Sums & string : never;

type InOrder<Traits extends readonly NamedTraits[]> = {
  readonly [Position in keyof Traits]: NamedTraits<Traits[Position]['id']>;
};
// One for each of the traits, in their order: the compiler refuses a definition that is left out of either list.
[...all, course, assessment] as const satisfies InOrder<typeof traits>;

/** Every metric with a name of its own, in the order of {@link traits}. */
export const definitions: readonly MetricDefinition<BaseMetric>[] = all;

/** Metrics of a course and of a dimension of assessments. */
export const families = { course, assessment } as const;
