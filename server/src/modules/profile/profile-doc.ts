import {
  AppError,
  baseMetrics,
  isMetricId,
  type MetricId,
  type MetricValue,
  type Standing,
} from '@shigang/shared';

/** Metrics of one person by id, and what decides whether the data says enough. */
export interface ProfileValues {
  readonly metrics: ReadonlyMap<MetricId, MetricValue>;
  readonly standing: Standing;
}

/** Version of the stored form; a reader of a later form keeps the older ones. */
const FORM = 1;

type Pair = readonly [number, number];
type Doc = readonly [
  form: number,
  base: readonly (Pair | 0)[],
  others: readonly (readonly [string, number, number])[],
  standing: readonly [number | null, number, number],
];

/**
 * Positional text of a profile: base metrics in the catalogue's order, courses and assessments by name where present.
 * It depends on the person's own facts alone, so that a rebuild of one is byte-identical to a rebuild of all.
 * @param metrics ids in the order of `values`
 */
export function writeProfileDoc(
  metrics: readonly MetricId[],
  values: readonly (MetricValue | null)[],
  standing: Standing,
): string {
  const pair = (value: MetricValue | null | undefined): Pair | 0 => (value ? [value.value, value.n] : 0);
  const base = baseMetrics.map((_, index) => pair(values[index]));
  const others = metrics
    .map((metric, index) => ({ metric, value: values[index] ?? null }))
    .slice(baseMetrics.length)
    .flatMap(({ metric, value }) => (value ? [[metric, value.value, value.n] as const] : []))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const doc: Doc = [FORM, base, others, [standing.employedDays, standing.scheduled, standing.leave]];
  return JSON.stringify(doc);
}

/** @throws AppError internal for a form that this release does not know */
export function readProfileDoc(text: string): ProfileValues {
  const [form, base, others, standing] = JSON.parse(text) as Doc;
  if (form !== FORM) throw new AppError('internal', { form });
  const metrics = new Map<MetricId, MetricValue>();
  base.forEach((pair, index) => {
    const metric = baseMetrics[index];
    if (pair !== 0 && metric) metrics.set(metric, { value: pair[0], n: pair[1] });
  });
  for (const [metric, value, n] of others) if (isMetricId(metric)) metrics.set(metric, { value, n });
  const [employedDays, scheduled, leave] = standing;
  return { metrics, standing: { employedDays, scheduled, leave } };
}
