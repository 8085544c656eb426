import {
  courseOfMetric,
  dimensionOfMetric,
  metricInfo,
  type MetricId,
  type MetricInfo,
} from '../metric/catalogue.ts';
import type { ModelFacts } from '../metric/layout.ts';
import type { SalesRole } from '../messages/words.ts';
import type { Period } from '../period/quarter.ts';

/** One indicator of a dimension: `floor` counts 0, `target` 100; floor above target means that less is better. */
export interface Indicator {
  readonly metric: MetricId;
  /** Ten-thousandths, as metric values are. */
  readonly floor: number;
  readonly target: number;
  /** Positive; the weights of a dimension's indicators sum to 100. */
  readonly weight: number;
}

export interface Dimension {
  readonly id: string;
  readonly name: string;
  /** Positive; the weights of a model's dimensions sum to 100. */
  readonly weight: number;
  readonly indicators: readonly Indicator[];
  /** Courses that train this dimension; `training_passed` counts the listed courses of all dimensions. */
  readonly courses: readonly string[];
}

/** Without at least this value the suggestion is capped at `train`. */
export interface MustHave {
  readonly metric: MetricId;
  /** Ten-thousandths. */
  readonly atLeast: number;
}

/** A role-model version's content; the number and the state of a version are kept beside it. */
export interface RoleModel {
  readonly role: SalesRole;
  readonly name: string;
  readonly validFrom: Period;
  /** 1–12 quarters. */
  readonly lookbackQuarters: number;
  /** Hundredths of points, 0 < train < transition ≤ 10,000. */
  readonly thresholds: { readonly transition: number; readonly train: number };
  /** Hundredths of a percent, 0–10,000. */
  readonly minCoverage: number;
  /** Days between hire date and period end below which the data says too little. */
  readonly minEmployedDays: number;
  readonly dimensions: readonly Dimension[];
  readonly mustHave: readonly MustHave[];
}

/** Defaults of the optional fields (docs/formats.md §3). */
export const roleModelDefaults = { lookbackQuarters: 4, minCoverage: 7_500, minEmployedDays: 90 } as const;

/** All indicators in the model's order. */
export const indicatorsOf = (model: RoleModel): Indicator[] =>
  model.dimensions.flatMap((dimension) => [...dimension.indicators]);

const metricsOf = (model: RoleModel): MetricId[] => [
  ...indicatorsOf(model).map((indicator) => indicator.metric),
  ...model.mustHave.map((must) => must.metric),
];

/** The courses and assessment dimensions that a profile for this model sums; no model: none. */
export function factsOfModel(model: RoleModel | null): ModelFacts {
  if (model === null) return { listedCourses: [], namedCourses: [], dimensions: [] };
  const present = <T>(values: readonly (T | null)[]): T[] => values.filter((value) => value !== null);
  return {
    listedCourses: model.dimensions.flatMap((dimension) => [...dimension.courses]),
    namedCourses: present(metricsOf(model).map(courseOfMetric)),
    dimensions: [
      ...model.dimensions.map((entry) => entry.id),
      ...present(metricsOf(model).map(dimensionOfMetric)),
    ],
  };
}

/** Catalogue entry of a metric with this model's dimension names. */
export const metricInfoOf = (model: RoleModel | null, metric: MetricId): MetricInfo =>
  metricInfo(metric, new Map(model?.dimensions.map((dimension) => [dimension.id, dimension.name]) ?? []));

/** Which way an indicator goes: by its floor and target. */
export const directionOf = (indicator: Indicator): 'up' | 'down' =>
  indicator.target > indicator.floor ? 'up' : 'down';
