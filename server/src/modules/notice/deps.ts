import type { Config } from '../../config/env.ts';
import type { DingTalk } from '../../dingtalk/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Sql } from '../../platform/database.ts';
import type { News } from '../../platform/events/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Outbox } from '../../platform/outbox/outbox.ts';

export interface NoticeDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly news: News;
  readonly log: Log;
  readonly config: Pick<Config, 'publicUrl'>;
  /** Whether nothing has replaced the decision that a notice tells; decisions are the matter of a later module. */
  readonly isInForce: (sql: Sql, decisionId: string) => Promise<boolean>;
  /** Touched when something is sent only. */
  readonly dingtalk: DingTalk;
  /** Wait before the first question for a delivery, ms; for tests. */
  readonly firstCheckMs?: number;
}
