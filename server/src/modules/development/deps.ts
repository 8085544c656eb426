import type { Config } from '../../config/env.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { DingTalk } from '../../dingtalk/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Outbox } from '../../platform/outbox/outbox.ts';
import type { SettingsModule } from '../settings/index.ts';

export interface DevelopmentDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
  readonly settings: SettingsModule;
  readonly config: Pick<Config, 'publicUrl'>;
  /** Touched by senders only. */
  readonly dingtalk: DingTalk;
}
