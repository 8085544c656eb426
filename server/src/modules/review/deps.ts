import type { DayString, SalesRole } from '@shigang/shared';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Sql, Tx } from '../../platform/database.ts';
import type { Outbox } from '../../platform/outbox/outbox.ts';
import type { ApprovalRequest } from '../approval/index.ts';
import type { TrainingRequest } from '../development/index.ts';
import type { Facts } from '../facts/index.ts';
import type { SettingsModule } from '../settings/index.ts';
import type { DevelopmentTraining } from '@shigang/shared/answers';

/** What the review of a quarter is built from. */
export interface ReviewDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
  readonly settings: SettingsModule;
  readonly facts: Facts;
  readonly approval: RoleChangeActions;
  readonly development: TrainingActions;
  /** Metered calls of DingTalk in a month, `2026-10`. */
  readonly monthlyQuota: (sql: Sql, month: string) => Promise<{ limit: number; used: number }>;
}

/** What the review asks of the approvals; each inside the transaction of its cause, each safe to repeat. */
export interface RoleChangeActions {
  ask(tx: Tx, request: ApprovalRequest): Promise<void>;
  openGate(tx: Tx, decisionId: string): Promise<void>;
  withdraw(tx: Tx, decisionId: string, remark: string): Promise<void>;
  approverOf(
    sql: Sql,
    of: { readonly userId: string; readonly starterUserId: string | null },
  ): Promise<string | null>;
  starterOf(sql: Sql, decidedBy: string): Promise<string | null>;
  transfer(tx: Tx, of: TransferRequest): Promise<void>;
}
export interface TransferRequest {
  readonly decisionId: string;
  readonly cycleId: string;
  readonly userId: string;
  readonly toRole: SalesRole;
}

/** What the review asks of the training plans. */
export interface TrainingActions {
  plan(tx: Tx, request: TrainingRequest): Promise<void>;
  cancel(tx: Tx, decisionId: string): Promise<void>;
  dueDay(plannedOn: DayString): Promise<DayString>;
  planOf(sql: Sql, decisionId: string): Promise<DevelopmentTraining | null>;
}
