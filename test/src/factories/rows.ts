import type { Database, SqlScalar } from '@shigang/server';
import { quarterIndexOfDay, splitCredits } from '@shigang/shared';

/* Rows with everything that most tests do not care about; a test names what it is about. A row that is there is replaced. */

export type Row = Readonly<Record<string, SqlScalar>>;

export const buildRow = (db: Database, table: string, row: Row): Promise<unknown> =>
  db.insertMany(table, Object.keys(row), [Object.values(row)], { update: Object.keys(row) });

export interface EmployeeRow {
  readonly userId: string;
  readonly name?: string;
  readonly jobNumber?: string | null;
  readonly deptId?: number | null;
  readonly manager?: string | null;
  /** With it comes an employment that began on that day. */
  readonly hiredOn?: string;
  /** Last working day. */
  readonly leftOn?: string | null;
  readonly active?: boolean;
}

/** Somebody in service, without department, manager and history. */
export async function buildEmployee(db: Database, employee: EmployeeRow): Promise<void> {
  const { userId, name = userId, jobNumber = null, deptId = null, manager = null, leftOn = null } = employee;
  const { hiredOn, active = leftOn === null } = employee;
  await buildRow(db, 'employees', {
    ...{ user_id: userId, name, job_number: jobNumber, main_dept_id: deptId, manager_user_id: manager },
    ...{ hired_on: hiredOn ?? null, left_on: leftOn, active: active ? 1 : 0, updated_at: new Date(0) },
  });
  if (hiredOn !== undefined)
    await buildRow(db, 'employment_periods', { user_id: userId, hired_on: hiredOn, left_on: leftOn });
}

/** The roles that somebody holds, each from a day on. */
export async function buildRoles(
  db: Database,
  userId: string,
  roles: readonly (readonly [string, string])[],
): Promise<void> {
  for (const [role, validFrom] of roles)
    await buildRow(db, 'role_assignments', {
      ...{ user_id: userId, role, valid_from: validFrom, source: 'import' },
    });
}

export interface DealRow {
  readonly id: string;
  readonly owner: string;
  readonly fen?: number;
  readonly on?: string;
  readonly status?: string;
  /** userid and bp, in the order in which rounding takes them. */
  readonly credits?: readonly [string, number][];
  readonly refunded?: readonly [number, string];
  readonly segment?: string;
}

/** A deal of ¥150,000 won on 2026-09-12 by its owner alone, with its credits. */
export async function buildDeal(db: Database, given: DealRow): Promise<void> {
  const { id, owner, fen: amount = 15_000_000, on = '2026-09-12', status = 'won', segment = null } = given;
  await buildRow(db, 'deals', {
    ...{
      deal_id: id,
      user_id: owner,
      customer: '恒远医疗',
      product: '年度服务合同',
      amount_fen: amount,
      status,
    },
    ...{ closed_on: status === 'open' ? null : on, opened_q: 9999, stated_segment: segment },
    closed_q: status === 'open' ? 9999 : quarterIndexOfDay(on),
    ...{ refunded_fen: given.refunded?.[0] ?? null, refunded_on: given.refunded?.[1] ?? null },
  });
  await db.execute('DELETE FROM deal_credits WHERE deal_id = ?', [id]);
  if (status !== 'won') return;
  const credits = (given.credits ?? [[owner, 10_000] as const]).map(([userId, bp]) => ({ userId, bp }));
  for (const { userId, bp, shareFen } of splitCredits(amount, credits))
    await buildRow(db, 'deal_credits', {
      ...{ user_id: userId, anchor_on: on, deal_id: id, bp, share_fen: shareFen },
      ...{ amount_fen: amount, stated_segment: segment },
    });
}
