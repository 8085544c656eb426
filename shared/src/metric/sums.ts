import { itemAt } from '../errors/item-at.ts';
import type { Segment } from '../messages/words.ts';
import { assessmentMetric, baseMetrics, courseMetric, type MetricId } from './catalogue.ts';
import {
  daysInRole,
  employedShare,
  type EmployedStretch,
  type MetricWindow,
  type RoleSince,
} from './window.ts';

/** What is summed per person whatever the role model, in the order of the row; attendance in ten-thousandths of a day. */
const baseSums = [
  'smallWon',
  'smallLost',
  'smallCycleDays',
  'smallCycleDeals',
  'largeWon',
  'largeLost',
  'followupDays',
  'followupDeals',
  /** Day number of the first won large deal; 0 = none. */
  'firstLargeWonDay',
  'largeRoleDays',
  'largeRoleRecords',
  /** 1 when any sales role was held by the period end. */
  'heldSalesRole',
  'collaborations',
  'responseSeconds',
  'responses',
  'resolved',
  'solved',
  'due',
  'renewed',
  'scoreTenths',
  'scores',
  'trainings',
  'workedDays',
  'scheduledDays',
  'leaveDays',
  'attendanceRecords',
  'employedShare',
] as const;
export type BaseSum = (typeof baseSums)[number];

/** Position of each base sum in a person's row. */
export const SUM = Object.fromEntries(baseSums.map((name, index) => [name, index])) as Record<
  BaseSum,
  number
>;

/** What a role model wants summed beside the base sums. */
export interface ModelFacts {
  /** Courses that the role model lists: `training_passed` counts these. */
  readonly listedCourses: readonly string[];
  /** Courses that an indicator or must-have names by `course:<name>`. */
  readonly namedCourses: readonly string[];
  /** Dimensions of assessments. */
  readonly dimensions: readonly string[];
}

/** Which courses and assessment dimensions are summed beside the base sums, and where. */
export interface SumLayout {
  /** Listed courses first, then those only named. */
  readonly courses: readonly string[];
  readonly listedCount: number;
  readonly dimensions: readonly string[];
  /** Numbers per person. */
  readonly width: number;
  readonly courseAt: ReadonlyMap<string, number>;
  readonly dimensionAt: ReadonlyMap<string, number>;
  /** The same positions as lists, in the order of `courses` and `dimensions`. */
  readonly courseSlots: readonly number[];
  readonly dimensionSlots: readonly number[];
  /** The metrics that come out, in the order of {@link metricValues}. */
  readonly metrics: readonly MetricId[];
}

/**
 * Row layout for a role model. A course takes two numbers (records, passed 0/1), a dimension two (score in
 * ten-thousandths + 1, day; 0 = none).
 */
export function sumLayout(facts: ModelFacts): SumLayout {
  const listed = [...new Set(facts.listedCourses)];
  const courses = [...new Set([...listed, ...facts.namedCourses])];
  const dimensions = [...new Set(facts.dimensions)];
  const firstDimension = baseSums.length + 2 * courses.length;
  const courseSlots = courses.map((_, index) => baseSums.length + 2 * index);
  const dimensionSlots = dimensions.map((_, index) => firstDimension + 2 * index);
  return {
    courses,
    listedCount: listed.length,
    dimensions,
    width: firstDimension + 2 * dimensions.length,
    courseAt: new Map(courses.map((course, index) => [course, itemAt(courseSlots, index)])),
    dimensionAt: new Map(dimensions.map((dimension, index) => [dimension, itemAt(dimensionSlots, index)])),
    courseSlots,
    dimensionSlots,
    metrics: [...baseMetrics, ...courses.map(courseMetric), ...dimensions.map(assessmentMetric)],
  };
}

export type DealStatus = 'open' | 'won' | 'lost';

/**
 * The day up to which a large deal was followed: its closing inside the window, or the period end for one opened in the
 * window that is still open then (open today or closed later); null: it counts for no follow-up.
 */
export function followupEnd(
  window: MetricWindow,
  openedDay: number | null,
  closedDay: number | null,
): number | null {
  if (openedDay === null) return null;
  if (closedDay !== null && closedDay <= window.lastDay)
    return closedDay >= window.firstDay ? closedDay : null;
  return openedDay >= window.firstDay && openedDay <= window.lastDay ? window.lastDay : null;
}

/**
 * Sums of many people over one window, one row of safe integers per person: facts are added in any order, the
 * window's filters are applied here and nowhere else (spec "metrics").
 */
export class MetricSums {
  readonly layout: SumLayout;
  readonly window: MetricWindow;
  readonly people: number;
  readonly data: Float64Array;

  constructor(layout: SumLayout, window: MetricWindow, people: number) {
    this.layout = layout;
    this.window = window;
    this.people = people;
    this.data = new Float64Array(people * layout.width);
  }

  /** A person's row as plain numbers, to be stored; {@link MetricSums.load} reads it again. */
  row(person: number): number[] {
    return [...this.data.subarray(person * this.layout.width, (person + 1) * this.layout.width)];
  }

  load(person: number, row: readonly number[]): void {
    this.data.set(row, person * this.layout.width);
  }

  /** A deal of the record's own employee; days are day numbers, `closedDay` null for an open deal. */
  addDeal(person: number, segment: Segment | null, status: DealStatus, days: DealDays): void {
    if (segment !== 'small' && segment !== 'large') return;
    const { openedDay } = days;
    const closedDay = status === 'open' ? null : days.closedDay;
    const closedInWindow = closedDay !== null && this.isInWindow(closedDay);
    const at = person * this.layout.width;
    if (segment === 'small') {
      if (!closedInWindow) return;
      this.add(at, status === 'won' ? SUM.smallWon : SUM.smallLost, 1);
      if (status === 'won' && openedDay !== null) {
        this.add(at, SUM.smallCycleDays, closedDay - openedDay);
        this.add(at, SUM.smallCycleDeals, 1);
      }
      return;
    }
    if (closedInWindow) this.add(at, status === 'won' ? SUM.largeWon : SUM.largeLost, 1);
    const endDay = followupEnd(this.window, openedDay, closedDay);
    if (endDay === null || openedDay === null) return;
    this.add(at, SUM.followupDays, endDay - openedDay);
    this.add(at, SUM.followupDeals, 1);
  }

  /** A won large deal of any time; the earliest closed by the period end counts for the tenure. */
  addLargeWon(person: number, closedDay: number): void {
    if (closedDay > this.window.lastDay) return;
    const at = person * this.layout.width + SUM.firstLargeWonDay;
    const known = itemAt(this.data, at);
    if (known === 0 || closedDay < known) this.data[at] = closedDay;
  }

  /** A collaboration by the quarter index of its request; `responseSeconds` null without an answer yet. */
  addRequest(person: number, requestedQuarter: number, responseSeconds: number | null): void {
    if (!this.isQuarterInWindow(requestedQuarter)) return;
    const at = person * this.layout.width;
    this.add(at, SUM.collaborations, 1);
    if (responseSeconds === null) return;
    this.add(at, SUM.responseSeconds, responseSeconds);
    this.add(at, SUM.responses, 1);
  }

  /** A collaboration by the quarter index of its resolution. */
  addResolution(person: number, resolvedQuarter: number, isSolved: boolean): void {
    if (!this.isQuarterInWindow(resolvedQuarter)) return;
    const at = person * this.layout.width;
    this.add(at, SUM.resolved, 1);
    if (isSolved) this.add(at, SUM.solved, 1);
  }

  /** A renewal by the quarter index of its due day. */
  addRenewal(person: number, dueQuarter: number, isRenewed: boolean): void {
    if (!this.isQuarterInWindow(dueQuarter)) return;
    const at = person * this.layout.width;
    this.add(at, SUM.due, 1);
    if (isRenewed) this.add(at, SUM.renewed, 1);
  }

  /** Customer feedback with a score in tenths, by the quarter index of its day. */
  addFeedback(person: number, givenQuarter: number, scoreTenths: number): void {
    if (!this.isQuarterInWindow(givenQuarter)) return;
    const at = person * this.layout.width;
    this.add(at, SUM.scoreTenths, scoreTenths);
    this.add(at, SUM.scores, 1);
  }

  /** A training of any time up to the period end. */
  addTraining(person: number, course: string, finishedDay: number, isPassed: boolean): void {
    if (finishedDay > this.window.lastDay) return;
    const at = person * this.layout.width;
    this.add(at, SUM.trainings, 1);
    const slot = this.layout.courseAt.get(course);
    if (slot === undefined) return;
    this.add(at, slot, 1);
    if (isPassed) this.data[at + slot + 1] = 1;
  }

  /** An assessment with its score in ten-thousandths; the latest inside the window stays. */
  addAssessment(person: number, dimension: string, takenDay: number, score: number): void {
    const slot = this.layout.dimensionAt.get(dimension);
    if (slot === undefined || !this.isInWindow(takenDay)) return;
    const at = person * this.layout.width + slot;
    if (this.data[at] !== 0 && takenDay < itemAt(this.data, at + 1)) return;
    this.data[at] = score + 1;
    this.data[at + 1] = takenDay;
  }

  /** One attendance record of a day. */
  addAttendance(person: number, day: number, record: AttendanceRecord): void {
    if (!this.isInWindow(day)) return;
    const at = person * this.layout.width;
    this.add(at, SUM.scheduledDays, record.scheduled);
    this.add(at, SUM.workedDays, record.worked);
    this.add(at, SUM.leaveDays, record.leave);
    this.add(at, SUM.attendanceRecords, 1);
  }

  /** The person's employment and role history (in order of time). */
  addHistory(person: number, employed: readonly EmployedStretch[], roles: readonly RoleSince[]): void {
    const at = person * this.layout.width;
    const { lastDay } = this.window;
    this.data[at + SUM.employedShare] = employedShare(this.window, employed);
    const held = roles.filter((role) => role.validFrom <= lastDay);
    this.data[at + SUM.heldSalesRole] = held.length > 0 ? 1 : 0;
    this.data[at + SUM.largeRoleRecords] = held.filter((role) => role.role === 'large_account').length;
    this.data[at + SUM.largeRoleDays] = daysInRole(roles, 'large_account', lastDay);
  }

  /** One sum of a person, for tests and rules that need it (leave against scheduled days). */
  sum(person: number, name: BaseSum): number {
    return itemAt(this.data, person * this.layout.width + SUM[name]);
  }

  /** Windows are whole quarters, so that a quarter index says as much as a day. */
  private isQuarterInWindow(quarter: number): boolean {
    return quarter >= this.window.firstQuarter && quarter <= this.window.lastQuarter;
  }

  private isInWindow(day: number): boolean {
    return day >= this.window.firstDay && day <= this.window.lastDay;
  }

  private add(at: number, slot: number, amount: number): void {
    this.data[at + slot] = itemAt(this.data, at + slot) + amount;
  }
}

export interface DealDays {
  readonly openedDay: number | null;
  readonly closedDay: number | null;
}

/** Parts of a day in ten-thousandths. */
export interface AttendanceRecord {
  readonly scheduled: number;
  readonly worked: number;
  readonly leave: number;
}
