import { trimmed } from '../messages/format.ts';
import { courseResults, metricUnitWords } from '../messages/metrics.ts';
import { traitsOf } from './definitions/traits.ts';

/**
 * A metric's value (≥ 0) in ten-thousandths → as its definition has it written, at most two decimals, rounded half up:
 * `75%`, `9.2 分`, `18.6 个月`. Unknown metrics are points.
 */
export function metricValue(metric: string, tenThousandths: number): string {
  const format = traitsOf(metric)?.format ?? 'points';
  if (format === 'percent') return `${trimmed(tenThousandths)}%`;
  if (format === 'passed') return tenThousandths > 0 ? courseResults.passed : courseResults.notPassed;
  return trimmed(Math.floor((tenThousandths + 50) / 100)) + metricUnitWords[format];
}

/** Whether time alone brings more of the metric. */
export const growsByTime = (metric: string): boolean => traitsOf(metric)?.growsByTime === true;

/** Whether a reader is told how many records lie behind the value. */
export const tellsSample = (metric: string): boolean => traitsOf(metric)?.hidesSample !== true;
