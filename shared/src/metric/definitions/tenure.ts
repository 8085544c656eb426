import { mulDivHalfUp } from '../../rounding/half-up.ts';
import { defineMetric, SCALE, type NamedTraits } from '../definition.ts';
import { any, count, days, earliest, narrowed, recordsOf } from '../readings.ts';
import { isRole } from '../records.ts';
import type { MetricWindow } from '../window.ts';

const held = recordsOf('roles');
const heldLarge = narrowed(held, isRole('large_account'));
const firstWin = recordsOf('firstLargeWin');

/** 30.4375 days are a month of tenure; in ten-thousandths, as values are. */
const TENURE_MONTH = 304_375;

const daysSince = (firstDay: number, window: MetricWindow): number =>
  firstDay === 0 ? 0 : window.lastDay - firstDay;

interface Tenure {
  readonly firstLargeWonDay: number;
  readonly largeRoleDays: number;
}

const isByWin = ({ firstLargeWonDay, largeRoleDays }: Tenure, window: MetricWindow): boolean =>
  firstLargeWonDay !== 0 && daysSince(firstLargeWonDay, window) >= largeRoleDays;

/** Positions of `records`. */
const BY_ROLE = 0;
const BY_WIN = 1;

/** Months in role large_account or since the first won large deal, whichever is more; 0 for who held any sales role. */
export const largeAccountTenureMonthsTraits = {
  id: 'large_account_tenure_months',
  format: 'months',
  growsByTime: true,
  hidesSample: true,
} as const satisfies NamedTraits;
export const largeAccountTenureMonths = defineMetric(largeAccountTenureMonthsTraits, {
  unit: 'months',
  direction: 'up',
  suppliedBy: 'roles',
  records: [heldLarge, firstWin],
  sums: {
    firstLargeWonDay: earliest(firstWin, 'closedDay'),
    largeRoleDays: days(heldLarge, 'fromDay', 'toDay'),
    largeRoleRecords: count(heldLarge),
    heldSalesRole: any(held),
  },
  value(sums, { window }) {
    const { firstLargeWonDay, largeRoleDays, largeRoleRecords, heldSalesRole } = sums;
    if (firstLargeWonDay === 0 && largeRoleRecords === 0 && heldSalesRole === 0) return null;
    return {
      value: mulDivHalfUp(
        Math.max(daysSince(firstLargeWonDay, window), largeRoleDays),
        SCALE * SCALE,
        TENURE_MONTH,
      ),
      n: isByWin(sums, window) ? 1 : largeRoleRecords,
    };
  },
  behind: (sums, { window }) => (isByWin(sums, window) ? BY_WIN : BY_ROLE),
});
