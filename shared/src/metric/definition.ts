import { mulDivHalfUp } from '../rounding/half-up.ts';
import type { RecordSet, Sum } from './readings.ts';
import type { MetricWindow } from './window.ts';

/** What would supply a missing metric. */
export type Supply =
  'assessment' | 'deals' | 'feedback' | 'collaborations' | 'renewals' | 'trainings' | 'attendance' | 'roles';

/** What a value counts: `rate` is a fraction (0.75 = 75 %), `score10` 0–10, `score100` 0–100. */
export type MetricUnit =
  'rate' | 'days' | 'months' | 'hours' | 'per_month' | 'score10' | 'score100' | 'count';

/** How a value is written for people: see `metricValue`. */
export type MetricFormat =
  'percent' | 'points' | 'days' | 'months' | 'hours' | 'times' | 'courses' | 'passed';

/** A stored metric value. */
export interface MetricValue {
  /** Ten-thousandths, rounded half up once. */
  readonly value: number;
  /** Sample size: how many records lie behind it. */
  readonly n: number;
}

/** Whether the company recorded anything of a kind in the window: then a count is 0, not absent, for who has none. */
export interface CompanyRecords {
  readonly collaborations: boolean;
  readonly trainings: boolean;
}

/** What a value rests on beside the sums of its own records. */
export interface PersonContext {
  readonly window: MetricWindow;
  readonly company: CompanyRecords;
  /** Employed months of the window × `window.monthUnit`. */
  readonly employedShare: number;
  /** Trainings of any course by the period end. */
  readonly trainings: number;
  /** Of the courses that the role model lists: records of all, and how many are passed. */
  readonly listedCourses: { readonly records: number; readonly passed: number };
}

/** How values of a metric are told to people; its name stands in the catalogue `messages/metrics.ts`. */
export interface MetricTraits {
  readonly format: MetricFormat;
  /** Only time brings more of it: nothing that a person could work on. */
  readonly growsByTime?: true;
  /** Its n says nothing to a reader beside the value. */
  readonly hidesSample?: true;
}

/** Of a metric with a name of its own. */
export interface NamedTraits<Id extends string = string> extends MetricTraits {
  readonly id: Id;
}

/** Of metrics of one kind, one for each parameter of a reading: `course:<name>`, `assessment:<dimension>`. */
export type FamilyTraits<Prefix extends `${string}:` = `${string}:`> = NamedTraits<Prefix>;

type SumsByName = Readonly<Record<string, Sum>>;
/** The numbers of a metric's own sums, by name. */
type Numbers<Sums> = { readonly [Name in keyof Sums]: number };

/** What is measured, and by what. */
export interface Measured {
  readonly unit: MetricUnit;
  /** Which way is better by itself; a role model's floor and target decide for its own indicator. */
  readonly direction: 'up' | 'down';
  readonly suppliedBy: Supply;
}

/**
 * How a metric is measured: which records stand behind it, what is summed of them and how the sums become a value.
 * Sums are whole numbers; the value is rounded half up once, to four decimals.
 */
interface Measure<Sums extends SumsByName> extends Measured {
  /** The records behind it; where there are several sets, {@link behind} says which of them stands. */
  readonly records: readonly [RecordSet, ...RecordSet[]];
  /** `listed`: only records of courses that the role model lists. */
  readonly among?: 'listed';
  readonly sums: Sums;
  /** Null: absent (no records, no value). */
  value(sums: Numbers<Sums>, person: PersonContext): MetricValue | null;
  /** Position in `records` of the set that the value rests on. */
  behind?(sums: Numbers<Sums>, person: PersonContext): number;
}

interface FamilyMeasure<Sums extends SumsByName> extends Measured {
  /** Of one reading, whose parameter names the metric. */
  readonly records: RecordSet;
  readonly sums: Sums;
  value(sums: Numbers<Sums>, person: PersonContext): MetricValue | null;
}

/** One metric, whole: what it says of itself and how it is measured. */
export type MetricDefinition<
  Id extends string = string,
  Sums extends SumsByName = SumsByName,
> = NamedTraits<Id> & Measure<Sums>;

/** Metrics of one kind, whole. */
export type MetricFamily<
  Prefix extends `${string}:` = `${string}:`,
  Sums extends SumsByName = SumsByName,
> = FamilyTraits<Prefix> & FamilyMeasure<Sums>;

/*
 * Traits stand apart from the measure, in the same file: a screen that writes a value takes the traits alone, and what
 * sums and compiles stays out of its script. That is why what makes a measure is marked as having no effects.
 */

/* @__NO_SIDE_EFFECTS__ */
export const defineMetric = <Id extends string, const Sums extends SumsByName>(
  traits: NamedTraits<Id>,
  measure: Measure<Sums>,
): MetricDefinition<Id, Sums> => ({ ...traits, ...measure });

/* @__NO_SIDE_EFFECTS__ */
export const defineFamily = <Prefix extends `${string}:`, const Sums extends SumsByName>(
  traits: FamilyTraits<Prefix>,
  measure: FamilyMeasure<Sums>,
): MetricFamily<Prefix, Sums> => ({ ...traits, ...measure });

/** Places of a stored value: four decimals, as an integer of ten-thousandths. */
export const SCALE = 10_000;

/** `numerator ÷ denominator` as a value; null where there is nothing to divide by. */
export const ratio = (numerator: number, denominator: number, n: number): MetricValue | null =>
  denominator <= 0 ? null : { value: mulDivHalfUp(numerator, SCALE, denominator), n };

/** Shares and means whose sample is the denominator itself. */
export const mean = (numerator: number, n: number): MetricValue | null => ratio(numerator, n, n);
