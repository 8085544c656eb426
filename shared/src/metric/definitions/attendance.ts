import { defineMetric, ratio, type NamedTraits } from '../definition.ts';
import { count, recordsOf, total } from '../readings.ts';

const recorded = recordsOf('attendance');

/** Days worked ÷ (scheduled days − days on leave) in the window; nothing left to work: absent. */
export const attendanceRateTraits = {
  id: 'attendance_rate',
  format: 'percent',
} as const satisfies NamedTraits;
export const attendanceRate = defineMetric(attendanceRateTraits, {
  unit: 'rate',
  direction: 'up',
  suppliedBy: 'attendance',
  records: [recorded],
  sums: {
    workedDays: total(recorded, 'workedTenThousandths'),
    scheduledDays: total(recorded, 'scheduledTenThousandths'),
    leaveDays: total(recorded, 'leaveTenThousandths'),
    attendanceRecords: count(recorded),
  },
  value: ({ workedDays, scheduledDays, leaveDays, attendanceRecords }) =>
    ratio(workedDays, scheduledDays - leaveDays, attendanceRecords),
});
