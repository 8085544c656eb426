import type { DayString, PersonHistory, SalesRole } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';

/** A run of userids, both ends included (compared byte by byte, as the database does). */
export interface UserRange {
  readonly from: string;
  readonly to: string;
}

interface MutableHistory extends PersonHistory {
  readonly roles: { role: SalesRole; validFrom: DayString }[];
  readonly lastWorkingDays: DayString[];
}

/**
 * Role histories and last working days of everybody in the range who ever held a sales role. The role rows are locked:
 * two computations of the same people, or one and a role import, go one after the other, so that the later one writes
 * what it read last.
 */
export async function lockPeople(tx: Sql, range: UserRange): Promise<Map<string, PersonHistory>> {
  const people = new Map<string, MutableHistory>();
  await tx.stream(
    `SELECT user_id, role, valid_from FROM role_assignments
     WHERE user_id BETWEEN ? AND ? ORDER BY user_id, valid_from FOR UPDATE`,
    [range.from, range.to],
    ([userId, role, validFrom]) => {
      const person = people.get(userId as string) ?? { roles: [], lastWorkingDays: [] };
      person.roles.push({ role: role as SalesRole, validFrom: validFrom as DayString });
      people.set(userId as string, person);
    },
  );
  await tx.stream(
    'SELECT user_id, left_on FROM employment_periods WHERE user_id BETWEEN ? AND ? AND left_on IS NOT NULL',
    [range.from, range.to],
    ([userId, leftOn]) => people.get(userId as string)?.lastWorkingDays.push(leftOn as DayString),
  );
  return people;
}
