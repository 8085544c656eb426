import {
  AppError,
  day,
  period,
  salesRoles,
  type DayString,
  type Period,
  type SalesRole,
} from '@shigang/shared';
import { UsageError } from './context.ts';

/** `--role R`. @throws UsageError */
export function roleOption(value: string): SalesRole {
  const role = salesRoles.find((known) => known === value);
  if (role === undefined) throw new UsageError(`--role must be one of ${salesRoles.join(', ')}`);
  return role;
}

/** `--period 2026Q3`. @throws UsageError */
export const periodOption = (value: string): Period => asUsage(() => period(value));

/** A calendar day, `2026-07-01`. @throws UsageError */
export const dayOption = (value: string): DayString => asUsage(() => day(value));

/** What a person mistyped is wrong usage, not failed work. */
function asUsage<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof AppError ? new UsageError(error.message) : error;
  }
}
