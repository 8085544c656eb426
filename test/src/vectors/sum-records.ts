import {
  NEVER,
  segmentCode,
  statusCode,
  UNKNOWN,
  type DealStatus,
  type MetricSums,
  type Segment,
} from '@shigang/shared';

/*
 * Facts as the metrics read them, added to sums one by one: what the server does with the rows of its queries.
 */

interface DealDays {
  readonly openedDay: number | null;
  readonly closedDay: number | null;
}

/** A deal of the record's own employee; days are day numbers, `closedDay` null for an open deal. */
export function addDeal(
  sums: MetricSums,
  person: number,
  deal: DealDays & { readonly segment: Segment | null; readonly status: DealStatus },
): void {
  const closedDay = deal.status === 'open' ? null : deal.closedDay;
  sums.add('deals', person, [
    segmentCode(deal.segment),
    statusCode(deal.status),
    deal.openedDay ?? UNKNOWN,
    closedDay ?? NEVER,
  ]);
}

export const addLargeWon = (sums: MetricSums, person: number, closedDay: number): void =>
  sums.add('firstLargeWin', person, [segmentCode('large'), statusCode('won'), UNKNOWN, closedDay]);

/** `responseSec` null without an answer yet. */
export const addRequest = (sums: MetricSums, person: number, quarter: number, responseSec: number | null): void =>
  sums.add('requests', person, [quarter, responseSec ?? UNKNOWN, UNKNOWN, UNKNOWN]);

export const addResolution = (sums: MetricSums, person: number, quarter: number, isSolved: boolean): void =>
  sums.add('resolutions', person, [UNKNOWN, UNKNOWN, quarter, isSolved ? 1 : 0]);

export const addRenewal = (sums: MetricSums, person: number, quarter: number, isRenewed: boolean): void =>
  sums.add('renewals', person, [quarter, isRenewed ? 1 : 0]);

export const addFeedback = (sums: MetricSums, person: number, quarter: number, scoreTenths: number): void =>
  sums.add('feedback', person, [quarter, scoreTenths]);

interface Finished {
  readonly finishedDay: number;
  readonly isPassed: boolean;
}

export const addTraining = (sums: MetricSums, person: number, course: string, { finishedDay, isPassed }: Finished): void =>
  sums.add('trainings', person, [finishedDay, isPassed ? 1 : 0], course);

interface Taken {
  readonly takenDay: number;
  /** Ten-thousandths. */
  readonly score: number;
}

export const addAssessment = (sums: MetricSums, person: number, dimension: string, { takenDay, score }: Taken): void =>
  sums.add('assessments', person, [takenDay, score], dimension);

interface AttendanceParts {
  /** Parts of a day in ten-thousandths. */
  readonly scheduled: number;
  readonly worked: number;
  readonly leave: number;
}

export const addAttendance = (sums: MetricSums, person: number, day: number, parts: AttendanceParts): void =>
  sums.add('attendance', person, [day, parts.scheduled, parts.worked, parts.leave]);
