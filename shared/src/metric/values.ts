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

type Rule = (sum: (slot: number) => number, sums: MetricSums, company: CompanyRecords) => MetricValue | null;

const ratio = (numerator: number, denominator: number, n: number): MetricValue | null =>
  denominator <= 0 ? null : { value: mulDivHalfUp(numerator, SCALE, denominator), n };

/** Shares and means whose sample is the denominator itself. */
const mean = (numerator: number, n: number): MetricValue | null => ratio(numerator, n, n);

const rules: Record<BaseMetric, Rule> = {
  small_deal_win_rate: (sum) => mean(sum(SUM.smallWon), sum(SUM.smallWon) + sum(SUM.smallLost)),
  small_deal_cycle_days: (sum) => mean(sum(SUM.smallCycleDays), sum(SUM.smallCycleDeals)),
  large_deal_win_rate: (sum) => mean(sum(SUM.largeWon), sum(SUM.largeWon) + sum(SUM.largeLost)),
  large_followup_days: (sum) => mean(sum(SUM.followupDays), sum(SUM.followupDeals)),
  large_account_tenure_months: (sum, sums) => tenure(sum, sums.window.lastDay),
  collaborations_per_month: (sum, sums, company) => {
    const n = sum(SUM.collaborations);
    if (n === 0 && !company.collaborations) return null;
    return ratio(n * sums.window.monthUnit, sum(SUM.employedShare), n);
  },
  collaboration_response_hours: (sum) =>
    ratio(sum(SUM.responseSeconds), 3600 * sum(SUM.responses), sum(SUM.responses)),
  collaboration_solved_rate: (sum) => mean(sum(SUM.solved), sum(SUM.resolved)),
  renewal_rate: (sum) => mean(sum(SUM.renewed), sum(SUM.due)),
  satisfaction_avg: (sum) => ratio(sum(SUM.scoreTenths), 10 * sum(SUM.scores), sum(SUM.scores)),
  training_passed: (sum, sums, company) => {
    if (sum(SUM.trainings) === 0 && !company.trainings) return null;
    let [n, passed] = [0, 0];
    for (const slot of [...sums.layout.courseAt.values()].slice(0, sums.layout.listedCount)) {
      n += sum(slot);
      passed += sum(slot + 1);
    }
    return { value: passed * SCALE, n };
  },
  attendance_rate: (sum) =>
    ratio(sum(SUM.workedDays), sum(SUM.scheduledDays) - sum(SUM.leaveDays), sum(SUM.attendanceRecords)),
};
const ruleList = Object.values(rules);

/** Days in role large_account or since the first won large deal, whichever is more; 0 for who held any sales role. */
function tenure(sum: (slot: number) => number, lastDay: number): MetricValue | null {
  const firstWon = sum(SUM.firstLargeWonDay);
  const sinceWon = firstWon === 0 ? 0 : lastDay - firstWon;
  const inRole = sum(SUM.largeRoleDays);
  const roleRecords = sum(SUM.largeRoleRecords);
  if (firstWon === 0 && roleRecords === 0 && sum(SUM.heldSalesRole) === 0) return null;
  const isByDeal = firstWon !== 0 && sinceWon >= inRole;
  return {
    value: mulDivHalfUp(Math.max(sinceWon, inRole), SCALE * SCALE, TENURE_MONTH),
    n: isByDeal ? 1 : roleRecords,
  };
}

/**
 * Every metric of a person in the order of `sums.layout.metrics`; null = absent (spec "metrics": no records, no value).
 */
export function metricValues(
  sums: MetricSums,
  person: number,
  company: CompanyRecords,
): (MetricValue | null)[] {
  const at = person * sums.layout.width;
  const sum = (slot: number): number => itemAt(sums.data, at + slot);
  const values = ruleList.map((rule) => rule(sum, sums, company));
  const hasTrainings = sum(SUM.trainings) > 0 || company.trainings;
  for (const slot of sums.layout.courseAt.values()) {
    values.push(hasTrainings ? { value: sum(slot + 1) * SCALE, n: sum(slot) } : null);
  }
  for (const slot of sums.layout.dimensionAt.values()) {
    const score = sum(slot);
    values.push(score === 0 ? null : { value: score - 1, n: 1 });
  }
  return values;
}
