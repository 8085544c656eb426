import { AppError } from '../errors/app-error.ts';
import { metricName } from '../messages/metrics.ts';
import type { Measured, MetricTraits } from './definition.ts';
import { definitions, families, type BaseMetric } from './definitions/index.ts';
import { readings, type RecordSet } from './readings.ts';
import type { EvidenceKind } from './records.ts';

/** A metric's id as role models name it. */
export type MetricId = BaseMetric | `course:${string}` | `assessment:${string}`;

export interface MetricInfo extends Measured, Pick<MetricTraits, 'format'> {
  readonly id: MetricId;
  /** What the screens call it. */
  readonly name: string;
  /** Kind of the records behind it; of a metric that may rest on several, the first. */
  readonly evidence: EvidenceKind;
}

const byId = new Map<string, (typeof definitions)[number]>(
  definitions.map((definition) => [definition.id, definition]),
);

/** Every metric with a name of its own, in the order of {@link definitions}. */
export const baseMetrics: readonly BaseMetric[] = definitions.map((definition) => definition.id);

/** Metrics of docs/domain.md §3 whose facts this release does not collect yet. */
const unsupported = new Set(['visits_per_month']);

/** Whether the product knows the metric by name while this release cannot measure it. */
export const isUnsupportedMetric = (id: string): boolean => unsupported.has(id);

/** Whether this release measures the metric; `course:` and `assessment:` need a name behind the colon. */
export const isMetricId = (id: string): id is MetricId => definedBy(id) !== null;

export const courseMetric = (course: string): MetricId => `${families.course.id}${course}`;
export const assessmentMetric = (dimension: string): MetricId => `${families.assessment.id}${dimension}`;

/** The course of `course:<name>`, else null. */
export const courseOfMetric = (id: MetricId): string | null => parameterOf(id, families.course);

/** The dimension of `assessment:<dimension>`, else null. */
export const dimensionOfMetric = (id: MetricId): string | null => parameterOf(id, families.assessment);

type Family = (typeof families)[keyof typeof families];

const parameterOf = (id: string, { id: prefix }: Family): string | null =>
  id.startsWith(prefix) ? id.slice(prefix.length) : null;

interface Defined {
  readonly traits: MetricTraits & Measured;
  /** Of several sets the first. */
  readonly records: RecordSet;
}

function definedBy(id: string): Defined | null {
  const definition = byId.get(id);
  if (definition) return { traits: definition, records: definition.records[0] };
  const family = Object.values(families).find((each) => (parameterOf(id, each) ?? '') !== '');
  return family ? { traits: family, records: family.records } : null;
}

/**
 * What is known of a metric.
 * @param dimensionNames screen names of the role model's dimensions by id, for `assessment:<dimension>`
 * @throws AppError metric.unknown
 */
export function metricInfo(
  id: MetricId,
  dimensionNames: ReadonlyMap<string, string> = new Map(),
): MetricInfo {
  const defined = definedBy(id);
  if (defined === null) throw new AppError('metric.unknown', { metric: id });
  const { unit, format, direction, suppliedBy } = defined.traits;
  const dimension = dimensionOfMetric(id);
  const name = metricName(id, dimension === null ? undefined : (dimensionNames.get(dimension) ?? dimension));
  return { id, name, unit, format, direction, suppliedBy, evidence: readings[defined.records.reading].kind };
}
