import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Sql } from '../../platform/database.ts';
import type { Outbox } from '../../platform/outbox/outbox.ts';
import type { DevelopmentModule } from '../development/index.ts';
import type { NoticeModule } from '../notice/index.ts';
import type { SettingsModule } from '../settings/index.ts';
import type { CycleModule } from '../cycle/index.ts';
import type { RoleChangeModule } from '../role-change/index.ts';

/** What HR's review of a cycle is built from. */
export interface ReviewDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
  readonly settings: Pick<SettingsModule, 'current'>;
  readonly notice: Pick<NoticeModule, 'tell' | 'takeBack' | 'resend'>;
  readonly development: Pick<DevelopmentModule, 'plan' | 'cancel' | 'dueDay'>;
  readonly cycle: Pick<CycleModule, 'run' | 'freezeEvidence' | 'list' | 'visible' | 'memberFigures'>;
  readonly roleChange: Pick<RoleChangeModule, 'plan' | 'offer' | 'replace' | 'keepReturned' | 'reply'>;
  /** Metered calls of DingTalk in a month, `2026-10`. */
  readonly monthlyQuota: (sql: Sql, month: string) => Promise<{ limit: number; used: number }>;
}
