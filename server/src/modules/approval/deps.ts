import type { RoleChangeState } from '@shigang/shared';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { DingTalk } from '../../dingtalk/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Sql } from '../../platform/database.ts';
import type { News } from '../../platform/events/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Outbox } from '../../platform/outbox/outbox.ts';
import type { SettingsModule } from '../settings/index.ts';

export interface ApprovalDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
  readonly news: News;
  readonly log: Log;
  readonly settings: SettingsModule;
  /** State of the role change that an approval is about, the matter of a later module; null: there is none. */
  readonly roleChangeState: (sql: Sql, decisionId: string) => Promise<RoleChangeState | null>;
  /** Touched by senders, handlers and the reconciliation only. */
  readonly dingtalk: DingTalk;
}
