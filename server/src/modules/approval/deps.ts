import type { AuditLog } from '../../audit/audit-log.ts';
import type { DingTalk } from '../../dingtalk/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
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
  /** Touched by senders, handlers and the reconciliation only. */
  readonly dingtalk: DingTalk;
}
