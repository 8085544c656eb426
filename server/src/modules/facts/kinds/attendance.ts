import type { DayString } from '@shigang/shared';
import { onOneDay, type Kind } from './kind.ts';

export interface AttendanceFact {
  readonly userId: string;
  readonly day: DayString;
  /** Decimal days 0–1 in ten-thousandths, as all three. */
  readonly scheduledTenThousandths: number;
  readonly workedTenThousandths: number;
  readonly leaveTenThousandths: number;
}

export const attendance: Kind<AttendanceFact> = {
  table: 'attendance_days',
  keyLength: 2,
  columns: ['user_id', 'day', 'scheduled_ten_thousandths', 'worked_ten_thousandths', 'leave_ten_thousandths'],
  constants: {},
  toRow: (fact) => [
    fact.userId,
    fact.day,
    fact.scheduledTenThousandths,
    fact.workedTenThousandths,
    fact.leaveTenThousandths,
  ],
  concern: (get) => onOneDay(get, 'day', false),
  records: {
    name: 'attendance',
    id: "CONCAT(user_id, '|', day)",
    idParts: ['user_id', 'day'],
    person: 'user_id',
    on: 'day',
    title: 'NULL',
    outcome: "IF(worked_ten_thousandths > 0, 'worked', 'absent')",
  },
};
