import {
  dayNumber,
  rangeOfPeriod,
  roleOn,
  type EmployedStretch,
  type Period,
  type RoleSince,
  type SalesRole,
} from '@shigang/shared';
import type { Predicate } from '../../access/index.ts';
import type { Sql, SqlScalar } from '../../platform/database.ts';

/** `employment_periods.hired_on` of a hire date that nobody knows. */
const UNKNOWN_HIRE = '1900-01-01';

/** One salesperson with the dated histories that metrics need. */
export interface ScopePerson {
  readonly userId: string;
  readonly name: string;
  readonly mainDeptId: number | null;
  /** Role held on the period's last day. */
  readonly presentRole: SalesRole;
  /** Start of the employment that covers the period's last day; null: unknown. */
  readonly hiredOn: string | null;
  readonly employed: readonly EmployedStretch[];
  readonly roles: readonly RoleSince[];
}

/** Narrows the scope; departments are taken exactly as given, sub-departments are the caller's matter. */
export interface ScopeFilter {
  readonly userIds?: readonly string[];
  readonly deptIds?: readonly number[];
}

/**
 * Everyone employed and holding a sales role on the period's last day (docs/domain.md §5.1), in order of userid.
 * Leavers who worked on that day are in it.
 */
export async function peopleInScope(
  sql: Sql,
  period: Period,
  filter: ScopeFilter = {},
): Promise<ScopePerson[]> {
  const lastOn = rangeOfPeriod(period).lastDay;
  const lastDay = dayNumber(lastOn);
  const named = among('user_id', filter.userIds);
  const departments = among('main_dept_id', filter.deptIds);
  const roles = await rolesOf(sql, lastOn, named);
  const stretches = await stretchesOf(sql, named);
  const people: ScopePerson[] = [];
  await sql.stream(
    `SELECT user_id, name, main_dept_id, hired_on, left_on FROM employees
     WHERE ${named.sql} AND ${departments.sql} ORDER BY user_id`,
    [...named.params, ...departments.params],
    ([userId, name, deptId, hiredOn, leftOn]) => {
      const id = String(userId);
      const history = roles.get(id) ?? [];
      const presentRole = roleOn(history, lastDay);
      if (presentRole === null) return;
      // Histories are kept for everybody who was ever synced; the row itself speaks for anyone else.
      const employed = stretches.get(id) ?? [stretch(hiredOn ?? UNKNOWN_HIRE, leftOn ?? null)];
      const current = employed.find((one) => covers(one, lastDay));
      if (!current) return;
      people.push({
        userId: id,
        name: String(name),
        mainDeptId: deptId === null || deptId === undefined ? null : Number(deptId),
        presentRole,
        hiredOn: current.hiredOn,
        employed,
        roles: history,
      });
    },
  );
  return people;
}

interface DatedStretch extends EmployedStretch {
  readonly hiredOn: string | null;
}

const covers = (one: EmployedStretch, day: number): boolean =>
  (one.firstDay === null || one.firstDay <= day) && (one.lastDay === null || one.lastDay >= day);

function stretch(hiredOn: SqlScalar, leftOn: SqlScalar): DatedStretch {
  const known = hiredOn === UNKNOWN_HIRE ? null : String(hiredOn);
  return {
    hiredOn: known,
    firstDay: known === null ? null : dayNumber(known),
    lastDay: leftOn === null ? null : dayNumber(String(leftOn)),
  };
}

/** The WHERE of a list that may be absent (everybody) or empty (nobody). */
function among(column: string, list: readonly (string | number)[] | undefined): Predicate {
  if (list === undefined) return { sql: '1 = 1', params: [] };
  return list.length === 0 ? { sql: '1 = 0', params: [] } : { sql: `${column} IN (?)`, params: [list] };
}

async function rolesOf(sql: Sql, lastOn: string, people: Predicate): Promise<Map<string, RoleSince[]>> {
  const roles = new Map<string, RoleSince[]>();
  await sql.stream(
    `SELECT user_id, valid_from, role FROM role_assignments
     WHERE valid_from <= ? AND ${people.sql} ORDER BY user_id, valid_from`,
    [lastOn, ...people.params],
    ([id, validFrom, role]) =>
      pushTo(roles, String(id), { role: role as SalesRole, validFrom: dayNumber(String(validFrom)) }),
  );
  return roles;
}

async function stretchesOf(sql: Sql, people: Predicate): Promise<Map<string, DatedStretch[]>> {
  const stretches = new Map<string, DatedStretch[]>();
  await sql.stream(
    `SELECT user_id, hired_on, left_on FROM employment_periods WHERE ${people.sql} ORDER BY user_id, hired_on`,
    people.params,
    ([id, hiredOn, leftOn]) =>
      pushTo(stretches, String(id), stretch(hiredOn ?? UNKNOWN_HIRE, leftOn ?? null)),
  );
  return stretches;
}

function pushTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
