/** Metrics: what each of them is (`definitions/`), what is summed of people's records, and how sums become values. */
export {
  assessmentMetric,
  baseMetrics,
  courseMetric,
  courseOfMetric,
  dimensionOfMetric,
  isMetricId,
  isUnsupportedMetric,
  metricInfo,
  type MetricId,
  type MetricInfo,
} from './catalogue.ts';
export type { CompanyRecords, MetricFormat, MetricUnit, MetricValue, Supply } from './definition.ts';
export type { BaseMetric } from './definitions/index.ts';
export { growsByTime, metricValue, tellsSample } from './format.ts';
export { sumLayout, type BaseSum, type ModelFacts, type SumLayout } from './layout.ts';
export { readings, type FieldOfReading, type Reading, type ReadingName } from './readings.ts';
export { dealStatuses, fieldsOf, NEVER, segmentCode, statusCode, UNKNOWN } from './records.ts';
export type { Condition, DealStatus, EvidenceKind, FieldOf, MetricRecord } from './records.ts';
export { setsBehind, type MetricSet } from './sets-behind.ts';
export { MetricSums, roleRecords } from './sums.ts';
export { readSums, writeSums } from './stored-sums.ts';
export { TEAM_MINIMUM, teamAverage, type TeamSum } from './team-average.ts';
export { metricValues, setBehind } from './values.ts';
export {
  employedShare,
  metricWindow,
  roleOn,
  type EmployedStretch,
  type MetricWindow,
  type RoleSince,
} from './window.ts';
