import {
  AuditLog,
  operatorViewer,
  type Clock,
  type Database,
  type SqlScalar,
  type Viewer,
} from '@shigang/server';
import { fen, quarterIndexOfDay } from '@shigang/shared';
import { largeFile, oldPlan, salesFile } from './incentive-cases.ts';
import { buildDeal, buildEmployee, buildRoles, buildRow, type DealRow } from './rows.ts';

/** The old plan as version 1 of `sales`. */
export const salesVersionOne = salesFile({
  validFrom: '2023-01-01',
  components: oldPlan.components,
  comparison: null,
});

const TABLES = [
  ...['incentive_plans', 'plan_records', 'statements', 'statement_totals', 'dirty_marks', 'audit_log'],
  ...['deals', 'deal_credits', 'receipts', 'renewals', 'renewal_credits', 'feedback', 'collaborations'],
  ...['employees', 'employment_periods', 'role_assignments'],
];

/** What the module is built from in tests: default settings, a clock of the test's. */
export const incentiveDeps = (db: Database, clock: Clock) => ({
  db,
  clock,
  audit: new AuditLog(clock),
  settings: {
    current: async () => ({
      segments: { mediumFromFen: fen(500_000), largeFromFen: fen(1_000_000) },
      clawbackMonths: 12,
    }),
  },
});

interface AppliesPlans {
  applyPlan(viewer: Viewer, file: unknown, options: { readonly publish: boolean }): Promise<unknown>;
}

/** The incentive module on a database, with makers of the rows that it reads; `clear` empties them all. */
export class IncentiveHouse<Module extends AppliesPlans = AppliesPlans> {
  readonly operator = operatorViewer('tester');

  constructor(
    readonly db: Database,
    readonly incentive: Module,
  ) {}

  async clear(): Promise<void> {
    for (const table of TABLES) await this.db.execute(`DELETE FROM ${table}`);
    await this.db.execute('UPDATE audit_head SET seq = 0, hash = ?', ['0'.repeat(64)]);
  }

  insert(table: string, row: Record<string, SqlScalar>): Promise<unknown> {
    return buildRow(this.db, table, row);
  }

  async person(userId: string, roles: [string, string][], leftOn: string | null = null): Promise<void> {
    await buildEmployee(this.db, { userId, name: `名${userId}`, hiredOn: '2021-01-01', leftOn });
    await buildRoles(this.db, userId, roles);
  }

  deal(given: DealRow): Promise<void> {
    return buildDeal(this.db, given);
  }

  async renewal(
    id: string,
    owner: string,
    terms: { fen: number; years: number; on?: string },
  ): Promise<void> {
    const { fen: amount, years, on = '2026-09-18' } = terms;
    const due_on = '2026-09-30';
    await this.insert('renewals', {
      renewal_id: id,
      user_id: owner,
      customer: '恒远医疗',
      due_on,
      renewed: 1,
      renewed_on: on,
      amount_fen: amount,
      years,
      due_q: quarterIndexOfDay(due_on),
    });
    await this.insert('renewal_credits', {
      user_id: owner,
      anchor_on: on,
      renewal_id: id,
      bp: 10_000,
      share_fen: amount,
      amount_fen: amount,
      years,
    });
  }
  feedback(id: string, owner: string, tenths: number | null, on: string): Promise<unknown> {
    return this.insert('feedback', {
      feedback_id: id,
      user_id: owner,
      given_on: on,
      score_tenths: tenths,
      given_q: quarterIndexOfDay(on),
    });
  }
  collaboration(id: string, owner: string, resolvedAt: string, isSolved = true): Promise<unknown> {
    return this.insert('collaborations', {
      collaboration_id: id,
      user_id: owner,
      to_department: '技术支持部',
      subject: '接口联调方案',
      requested_at: '2026-06-30 10:00:00',
      resolved_at: resolvedAt,
      solved: isSolved ? 1 : 0,
      requested_q: 8105,
      resolved_q: quarterIndexOfDay(resolvedAt),
    });
  }

  async publishAll(): Promise<void> {
    for (const file of [salesVersionOne, salesFile(), largeFile()])
      await this.incentive.applyPlan(this.operator, file, { publish: true });
  }
  async zhangSan(): Promise<void> {
    await this.person('zhangsan', [['small_account', '2023-04-01']]);
    await this.deal({ id: 'D1', owner: 'zhangsan' });
    await this.renewal('R1', 'zhangsan', { fen: 15_000_000, years: 2 });
    for (let at = 0; at < 23; at += 1) await this.feedback(`F${at}`, 'zhangsan', 92, '2026-08-01');
    await this.feedback('Ftext', 'zhangsan', null, '2026-08-01');
    // 07-01 00:30 in Shanghai is still June in UTC.
    await this.collaboration('C0', 'zhangsan', '2026-07-01 00:30:00');
    for (let at = 1; at < 8; at += 1) await this.collaboration(`C${at}`, 'zhangsan', '2026-09-30 23:59:59');
    await this.collaboration('Cbefore', 'zhangsan', '2026-06-30 23:59:59');
    await this.collaboration('Cunsolved', 'zhangsan', '2026-09-24 10:00:00', false);
  }
  statements() {
    return this.db.select<{
      user_id: string;
      total_fen: number;
      old_total_fen: number | null;
      doc_hash: string;
      computed_at: Date;
    }>(
      'SELECT user_id, total_fen, old_total_fen, doc_hash, computed_at FROM statements ORDER BY user_id, period',
    );
  }
  totals(userId: string) {
    return this.db.select<object>(
      'SELECT plan_id, component, amount_fen, line_count FROM statement_totals WHERE user_id = ? ORDER BY 1, 2',
      [userId],
    );
  }
}
