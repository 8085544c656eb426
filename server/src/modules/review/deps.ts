import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Outbox } from '../../platform/outbox/outbox.ts';
import type { Facts } from '../facts/index.ts';
import type { SettingsModule } from '../settings/index.ts';

/** What the review of a quarter is built from. */
export interface ReviewDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
  readonly settings: SettingsModule;
  readonly facts: Facts;
}
