import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { DevelopmentModule } from '../development/index.ts';
import type { Facts } from '../facts/index.ts';
import type { Match } from '../match/index.ts';
import type { NoticeModule } from '../notice/index.ts';
import type { CycleModule } from '../cycle/index.ts';
import type { RoleChangeModule } from '../role-change/index.ts';

/** What a person's own pages and the evidence file are read from. */
export interface EvidenceDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly facts: Facts;
  readonly notice: Pick<NoticeModule, 'markSeen' | 'toldFacts' | 'mayTellAgain'>;
  readonly development: Pick<DevelopmentModule, 'planOf'>;
  readonly cycle: Pick<CycleModule, 'visible' | 'memberFigures'>;
  readonly match: Pick<Match, 'liveFigures'>;
  readonly roleChange: Pick<RoleChangeModule, 'openGateIfComplete'>;
}
