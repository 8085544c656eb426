import type { Tier } from '@shigang/shared';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../platform/clock.ts';
import type { JobRuns } from '../../platform/job-runs/job-runs.ts';
import type { Database, Sql } from '../../platform/database.ts';
import type { Facts } from '../facts/index.ts';
import type { SettingsModule } from '../settings/index.ts';
import type { MemberRange } from './compute-cycle.ts';

/** What the frame and the figures of a quarter are built from. */
export interface CycleDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly jobRuns: JobRuns;
  readonly settings: SettingsModule;
  readonly facts: Facts;
  /** Suggestions that the decisions in force were made upon, by userid: decisions are the matter of a later module. */
  readonly decidedSuggestions: (
    sql: Sql,
    cycleId: string,
    range: MemberRange,
  ) => Promise<ReadonlyMap<string, Tier>>;
}
