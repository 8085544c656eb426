import type { SegmentBounds } from '@shigang/shared';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';

/** What the incentive module is built from. */
export interface IncentiveDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly settings: {
    current(): Promise<{ readonly segments: SegmentBounds; readonly clawbackMonths: number }>;
  };
}
