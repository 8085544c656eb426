import { metricName } from '../messages/metrics.ts';

/** Metrics that exist under one name. */
export type BaseMetric =
  | 'small_deal_win_rate'
  | 'small_deal_cycle_days'
  | 'large_deal_win_rate'
  | 'large_followup_days'
  | 'large_account_tenure_months'
  | 'collaborations_per_month'
  | 'collaboration_response_hours'
  | 'collaboration_solved_rate'
  | 'renewal_rate'
  | 'satisfaction_avg'
  | 'training_passed'
  | 'attendance_rate';

/** A metric's id as role models name it. */
export type MetricId = BaseMetric | `course:${string}` | `assessment:${string}`;

/** Kinds of record that can stand behind a metric. */
export type EvidenceKind =
  'deal' | 'feedback' | 'collaboration' | 'renewal' | 'training' | 'assessment' | 'attendance' | 'role';

/** What would supply a missing metric. */
export type Supply =
  'assessment' | 'deals' | 'feedback' | 'collaborations' | 'renewals' | 'trainings' | 'attendance' | 'roles';

/** How a value is shown: `rate` is a fraction (0.75 = 75 %), `score10` 0–10, `score100` 0–100. */
export type MetricUnit =
  'rate' | 'days' | 'months' | 'hours' | 'per_month' | 'score10' | 'score100' | 'count';

export interface MetricInfo {
  readonly id: MetricId;
  /** What the screens call it. */
  readonly name: string;
  readonly unit: MetricUnit;
  /** Which way is better, as the spec's table says; a role model's floor and target decide for its own indicator. */
  readonly direction: 'up' | 'down';
  readonly evidence: EvidenceKind;
  readonly suppliedBy: Supply;
}

type Row = readonly [MetricUnit, 'up' | 'down', EvidenceKind, Supply];

const table: Record<BaseMetric, Row> = {
  small_deal_win_rate: ['rate', 'up', 'deal', 'deals'],
  small_deal_cycle_days: ['days', 'down', 'deal', 'deals'],
  large_deal_win_rate: ['rate', 'up', 'deal', 'deals'],
  large_followup_days: ['days', 'up', 'deal', 'deals'],
  large_account_tenure_months: ['months', 'up', 'role', 'roles'],
  collaborations_per_month: ['per_month', 'up', 'collaboration', 'collaborations'],
  collaboration_response_hours: ['hours', 'down', 'collaboration', 'collaborations'],
  collaboration_solved_rate: ['rate', 'up', 'collaboration', 'collaborations'],
  renewal_rate: ['rate', 'up', 'renewal', 'renewals'],
  satisfaction_avg: ['score10', 'up', 'feedback', 'feedback'],
  training_passed: ['count', 'up', 'training', 'trainings'],
  attendance_rate: ['rate', 'up', 'attendance', 'attendance'],
};

/** Every metric with a name of its own, in the order that profiles store them. */
export const baseMetrics = Object.keys(table) as BaseMetric[];

const COURSE = 'course:';
const ASSESSMENT = 'assessment:';
/** Metrics of the spec whose facts this release does not collect yet. */
const unsupported = new Set(['visits_per_month']);

/** Whether the spec knows the metric while this release cannot measure it. */
export const isUnsupportedMetric = (id: string): boolean => unsupported.has(id);

/** Whether this release measures the metric; `course:` and `assessment:` need a name behind the colon. */
export function isMetricId(id: string): id is MetricId {
  if (id.startsWith(COURSE)) return id.length > COURSE.length;
  if (id.startsWith(ASSESSMENT)) return id.length > ASSESSMENT.length;
  return Object.hasOwn(table, id);
}

export const courseMetric = (course: string): MetricId => `${COURSE}${course}`;
export const assessmentMetric = (dimension: string): MetricId => `${ASSESSMENT}${dimension}`;

/** The course of `course:<name>`, else null. */
export const courseOfMetric = (id: MetricId): string | null =>
  id.startsWith(COURSE) ? id.slice(COURSE.length) : null;

/** The dimension of `assessment:<dimension>`, else null. */
export const dimensionOfMetric = (id: MetricId): string | null =>
  id.startsWith(ASSESSMENT) ? id.slice(ASSESSMENT.length) : null;

/**
 * What is known of a metric.
 * @param dimensionNames screen names of the role model's dimensions by id, for `assessment:<dimension>`
 */
export function metricInfo(
  id: MetricId,
  dimensionNames: ReadonlyMap<string, string> = new Map(),
): MetricInfo {
  const dimension = dimensionOfMetric(id);
  const [unit, direction, evidence, suppliedBy] = rowOf(id);
  const name = metricName(id, dimension === null ? undefined : (dimensionNames.get(dimension) ?? dimension));
  return { id, name, unit, direction, evidence, suppliedBy };
}

function rowOf(id: MetricId): Row {
  if (courseOfMetric(id) !== null) return ['count', 'up', 'training', 'trainings'];
  if (dimensionOfMetric(id) !== null) return ['score100', 'up', 'assessment', 'assessment'];
  return table[id as BaseMetric];
}
