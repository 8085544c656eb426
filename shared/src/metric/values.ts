import { itemAt } from '../errors/item-at.ts';
import { mulDivHalfUp } from '../rounding/half-up.ts';
import type { BaseMetric } from './catalogue.ts';
import { SUM, type MetricSums } from './sums.ts';

/** Places of a stored value: four decimals, as an integer of ten-thousandths. */
const SCALE = 10_000;
/** 30.4375 days are a month of tenure (spec "metrics"). */
const TENURE_MONTH = 304_375;

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

/** A person's row inside the sums of many: slot `s` is `data[at + s]`. */
interface Row {
  readonly data: Float64Array;
  readonly at: number;
  readonly sums: MetricSums;
  readonly company: CompanyRecords;
}

type Rule = (row: Row) => MetricValue | null;

/** A slot of the row; rows are whole, so that nothing is checked in this innermost read. */
const get = (row: Row, slot: number): number => row.data[row.at + slot] as number;

const ratio = (numerator: number, denominator: number, n: number): MetricValue | null =>
  denominator <= 0 ? null : { value: mulDivHalfUp(numerator, SCALE, denominator), n };

/** Shares and means whose sample is the denominator itself. */
const mean = (numerator: number, n: number): MetricValue | null => ratio(numerator, n, n);

const rules: Record<BaseMetric, Rule> = {
  small_deal_win_rate: (row) =>
    mean(get(row, SUM.smallWon), get(row, SUM.smallWon) + get(row, SUM.smallLost)),
  small_deal_cycle_days: (row) => mean(get(row, SUM.smallCycleDays), get(row, SUM.smallCycleDeals)),
  large_deal_win_rate: (row) =>
    mean(get(row, SUM.largeWon), get(row, SUM.largeWon) + get(row, SUM.largeLost)),
  large_followup_days: (row) => mean(get(row, SUM.followupDays), get(row, SUM.followupDeals)),
  large_account_tenure_months: tenure,
  collaborations_per_month: (row) => {
    const n = get(row, SUM.collaborations);
    if (n === 0 && !row.company.collaborations) return null;
    return ratio(n * row.sums.window.monthUnit, get(row, SUM.employedShare), n);
  },
  collaboration_response_hours: (row) =>
    ratio(get(row, SUM.responseSeconds), 3600 * get(row, SUM.responses), get(row, SUM.responses)),
  collaboration_solved_rate: (row) => mean(get(row, SUM.solved), get(row, SUM.resolved)),
  renewal_rate: (row) => mean(get(row, SUM.renewed), get(row, SUM.due)),
  satisfaction_avg: (row) =>
    ratio(get(row, SUM.scoreTenths), 10 * get(row, SUM.scores), get(row, SUM.scores)),
  training_passed: trainingPassed,
  attendance_rate: (row) =>
    ratio(
      get(row, SUM.workedDays),
      get(row, SUM.scheduledDays) - get(row, SUM.leaveDays),
      get(row, SUM.attendanceRecords),
    ),
};
const ruleList = Object.values(rules);

/** Days in role large_account or since the first won large deal, whichever is more; 0 for who held any sales role. */
function tenure(row: Row): MetricValue | null {
  const firstWon = get(row, SUM.firstLargeWonDay);
  const sinceWon = firstWon === 0 ? 0 : row.sums.window.lastDay - firstWon;
  const inRole = get(row, SUM.largeRoleDays);
  const roleRecords = get(row, SUM.largeRoleRecords);
  if (firstWon === 0 && roleRecords === 0 && get(row, SUM.heldSalesRole) === 0) return null;
  const isByDeal = firstWon !== 0 && sinceWon >= inRole;
  return {
    value: mulDivHalfUp(Math.max(sinceWon, inRole), SCALE * SCALE, TENURE_MONTH),
    n: isByDeal ? 1 : roleRecords,
  };
}

const hasTrainings = (row: Row): boolean => row.company.trainings || get(row, SUM.trainings) > 0;

/** Distinct passed courses among those that the role model lists. */
function trainingPassed(row: Row): MetricValue | null {
  if (!hasTrainings(row)) return null;
  let [n, passed] = [0, 0];
  for (let index = 0; index < row.sums.layout.listedCount; index += 1) {
    const slot = itemAt(row.sums.layout.courseSlots, index);
    n += get(row, slot);
    passed += get(row, slot + 1);
  }
  return { value: passed * SCALE, n };
}

/**
 * Every metric of a person in the order of `sums.layout.metrics`; null = absent (spec "metrics": no records, no value).
 */
export function metricValues(
  sums: MetricSums,
  person: number,
  company: CompanyRecords,
): (MetricValue | null)[] {
  const { width, courseSlots, dimensionSlots } = sums.layout;
  const row: Row = { data: sums.data, at: person * width, sums, company };
  const values: (MetricValue | null)[] = [];
  for (const rule of ruleList) values.push(rule(row));
  for (const slot of courseSlots) {
    values.push(hasTrainings(row) ? { value: get(row, slot + 1) * SCALE, n: get(row, slot) } : null);
  }
  for (const slot of dimensionSlots) {
    const score = get(row, slot);
    values.push(score === 0 ? null : { value: score - 1, n: 1 });
  }
  return values;
}
