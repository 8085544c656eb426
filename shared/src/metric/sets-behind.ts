import { assessmentMetric, courseMetric, type MetricId } from './catalogue.ts';
import { compileTest } from './compile.ts';
import { definitions, families } from './definitions/index.ts';
import type { ModelFacts } from './layout.ts';
import type { ReadingName } from './readings.ts';
import type { MetricRecord } from './records.ts';
import type { MetricWindow } from './window.ts';

/** One set of records that can stand behind a metric, or behind each metric of a family. */
export interface MetricSet {
  readonly reading: ReadingName;
  /** Position among the sets of its metric; see `setBehind` where there are several. */
  readonly position: number;
  /** Position of the metric among those with a name of their own; −1: a family's. */
  readonly metric: number;
  /** The metric that a record of this parameter counts in; null: in none. */
  metricOf(parameter: string | undefined): MetricId | null;
  /** Whether a record of the reading is in the set. */
  has(record: MetricRecord): boolean;
}

/** Which records stand behind which metric: the same sets of which the sums are made. */
export function setsBehind(window: MetricWindow, facts: ModelFacts): MetricSet[] {
  const listed = new Set(facts.listedCourses);
  const own = definitions.flatMap((definition, metric) =>
    definition.records.map((set, position): MetricSet => {
      const isListed = (parameter: string | undefined): boolean =>
        definition.among !== 'listed' || (parameter !== undefined && listed.has(parameter));
      return {
        reading: set.reading,
        position,
        metric,
        metricOf: (parameter) => (isListed(parameter) ? definition.id : null),
        has: compileTest(set, window),
      };
    }),
  );
  const named = [
    { family: families.course, idOf: courseMetric },
    { family: families.assessment, idOf: assessmentMetric },
  ].map(({ family, idOf }): MetricSet => {
    return {
      reading: family.records.reading,
      position: 0,
      metric: -1,
      metricOf: (parameter) => (parameter === undefined ? null : idOf(parameter)),
      has: compileTest(family.records, window),
    };
  });
  return [...own, ...named];
}
