import {
  AppError,
  isMetricId,
  type BaseMetric,
  type MetricId,
  type MetricValue,
  type Standing,
} from '@shigang/shared';
import { readJson } from '../../platform/json.ts';

/** Metrics of one person by id, and what decides whether the data says enough. */
export interface ProfileValues {
  readonly metrics: ReadonlyMap<MetricId, MetricValue>;
  readonly standing: Standing;
}

/** Version of the stored form; a reader of a later form keeps the older ones. */
const FORM = 1;

/** Metrics that form 1 holds by position, for good; every other stands by its name, so that none ever shifts another. */
const POSITIONAL: readonly BaseMetric[] = [
  'small_deal_win_rate',
  'small_deal_cycle_days',
  'large_deal_win_rate',
  'large_followup_days',
  'large_account_tenure_months',
  'collaborations_per_month',
  'collaboration_response_hours',
  'collaboration_solved_rate',
  'renewal_rate',
  'satisfaction_avg',
  'training_passed',
  'attendance_rate',
];
const positionOf = new Map<MetricId, number>(POSITIONAL.map((metric, position) => [metric, position]));

type Pair = readonly [number, number];
type Doc = readonly [
  form: number,
  base: readonly (Pair | 0)[],
  others: readonly (readonly [string, number, number])[],
  standing: readonly [number | null, number, number],
];

/**
 * Text of a profile: the metrics of the first release by position, all others by name where present.
 * It depends on the person's own facts alone, so that a rebuild of one is byte-identical to a rebuild of all.
 * @param metrics ids in the order of `values`
 */
export function writeProfileDoc(
  metrics: readonly MetricId[],
  values: readonly (MetricValue | null)[],
  standing: Standing,
): string {
  const base: (Pair | 0)[] = POSITIONAL.map(() => 0);
  const others: [MetricId, number, number][] = [];
  metrics.forEach((metric, index) => {
    const found = values[index];
    if (!found) return;
    const position = positionOf.get(metric);
    if (position === undefined) others.push([metric, found.value, found.n]);
    else base[position] = [found.value, found.n];
  });
  others.sort(([a], [b]) => (a < b ? -1 : 1));
  const doc: Doc = [FORM, base, others, [standing.employedDays, standing.scheduled, standing.leave]];
  return JSON.stringify(doc);
}

/** What the text says; null for a form that this release does not know: whoever can computes the profile anew. */
export function findProfileValues(text: string): ProfileValues | null {
  const [form, base, others, standing] = readJson<Doc>(text);
  if (form !== FORM) return null;
  const metrics = new Map<MetricId, MetricValue>();
  base.forEach((pair, position) => {
    const metric = POSITIONAL[position];
    if (pair !== 0 && metric) metrics.set(metric, { value: pair[0], n: pair[1] });
  });
  for (const [metric, value, n] of others) if (isMetricId(metric)) metrics.set(metric, { value, n });
  const [employedDays, scheduled, leave] = standing;
  return { metrics, standing: { employedDays, scheduled, leave } };
}

/** @throws AppError profile.other_release for a form that this release does not know */
export function readProfileDoc(text: string): ProfileValues {
  const values = findProfileValues(text);
  if (values === null) throw new AppError('profile.other_release');
  return values;
}
