import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { ApprovalModule } from '../approval/index.ts';
import type { DevelopmentModule } from '../development/index.ts';
import type { SettingsModule } from '../settings/index.ts';

/** What a change of role needs of those before it. */
export interface RoleChangeDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly settings: Pick<SettingsModule, 'current'>;
  readonly approval: Pick<ApprovalModule, 'ask' | 'openGate' | 'withdraw' | 'transfer'>;
  readonly development: Pick<DevelopmentModule, 'cancel'>;
}
