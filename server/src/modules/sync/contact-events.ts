import { systemViewer } from '../../access/index.ts';
import { DingTalkError, isRefusal } from '../../dingtalk/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import type { InboxEvent } from '../../platform/inbox/inbox.ts';
import { readJson } from '../../platform/json.ts';
import type { ArrivedEvent, InboxHandler, InboxOutcome } from '../../platform/inbox/reader.ts';
import { letGo } from './let-go.ts';
import { syncOrg, type SyncDeps } from './sync-org.ts';

/** What happened to people, departments and roles; one handler and one subject, so that a burst ends in one sync. */
const KINDS =
  /^(?:user_(?:add|modify|leave|active)_org|org_dept_(?:create|modify|remove)|label_user_change)$/;
const LEAVING = 'user_leave_org';
const SUBJECT = 'contacts';
/** An event's time is DingTalk's clock: a sync must have begun so much later to be sure to have seen what it tells. */
const CLOCK_MARGIN_MS = 2_000;
/** Two syncs begin at least so far apart; what comes in between waits for the next. */
const GAP_MS = 15_000;
const PAUSE_MS = 60_000;
/** People named in one event of which the ids are kept. */
const MAX_PEOPLE = 500;
/** DingTalk's answer for somebody who is not (any more) in the organisation. */
const NOT_FOUND = '60121';

/**
 * Events of the address book. What they say is not believed: an incremental sync reads the newer state, one for all
 * events that were born before it began. Whoever is said to have left, and is unknown when asked for, loses access at
 * once. All calls are exempt from the quota.
 */
export class ContactEvents implements InboxHandler {
  readonly #deps: SyncDeps;

  constructor(deps: SyncDeps) {
    this.#deps = deps;
  }

  accepts(kind: string): boolean {
    return KINDS.test(kind);
  }

  /** A leaver's event does not wait behind others whose sync fails. */
  subjectOf({ type, eventId }: ArrivedEvent): string {
    return type === LEAVING ? eventId : SUBJECT;
  }

  /** Only ids are kept. */
  keep({ type, data }: ArrivedEvent): object {
    const ids = Array.isArray(data['userId']) ? data['userId'].filter((id) => typeof id === 'string') : [];
    return type.startsWith('user_') ? { userIds: ids.slice(0, MAX_PEOPLE) } : {};
  }

  async apply(event: InboxEvent): Promise<InboxOutcome> {
    try {
      if (event.kind === LEAVING) await this.#endAccess(event.payload['userIds']);
      return await this.#synced(event);
    } catch (error) {
      if (!(error instanceof DingTalkError)) throw error;
      return { retryAfterMs: error.retryAfterMs ?? PAUSE_MS, error: error.message };
    }
  }

  async #endAccess(userIds: unknown): Promise<void> {
    const { db, dingtalk } = this.#deps;
    const gone: string[] = [];
    for (const userId of Array.isArray(userIds) ? (userIds as string[]) : []) {
      if (await this.#isGone(dingtalk.for('sync').contact, userId)) gone.push(userId);
    }
    if (gone.length > 0) await db.transaction((tx) => letGo(this.#deps, tx, gone));
  }

  async #isGone(
    contact: ReturnType<SyncDeps['dingtalk']['for']>['contact'],
    userId: string,
  ): Promise<boolean> {
    try {
      await contact.person(userId);
      return false;
    } catch (error) {
      if (isRefusal(error, NOT_FOUND)) return true;
      throw error;
    }
  }

  /** Applied by whichever sync began after the event was born. */
  async #synced({ bornAt }: InboxEvent): Promise<InboxOutcome> {
    const last = await this.#lastComplete();
    if (last !== null && last >= bornAt + CLOCK_MARGIN_MS) return 'applied';
    const now = this.#deps.clock.now();
    const earliest = Math.max(bornAt + CLOCK_MARGIN_MS, last === null ? 0 : last + GAP_MS);
    // A clock that jumps (the demo's) may be followed late: never wait for its whole jump.
    const waitMs = Math.min(earliest - now, GAP_MS);
    if (waitMs > 0) return { retryAfterMs: waitMs, error: 'waits for the next sync' };
    const { scopes } = await syncOrg(this.#deps, systemViewer('sync.event'), {
      only: ['org', 'roster'],
      ask: await this.#named(),
    });
    const org = scopes.find((scope) => scope.name === 'org');
    // Without Smart HR a run is never whole; what the address book tells is taken over all the same.
    return org?.status === 'failed' ? { retryAfterMs: PAUSE_MS, error: org.error ?? '' } : 'applied';
  }

  /** People named in the events that this sync covers: a change of manager alone shows in no list. */
  async #named(): Promise<Set<string>> {
    const rows = await this.#deps.db.select<{ payload: string }>(
      "SELECT payload FROM inbox WHERE state = 'pending' AND kind IN ('user_add_org', 'user_modify_org')",
    );
    return new Set(rows.flatMap((row) => readJson<{ userIds?: string[] }>(row.payload).userIds ?? []));
  }

  /** Business ms at which the newest whole sync of the organisation began. */
  async #lastComplete(): Promise<number | null> {
    const [row] = await this.#deps.db.select<{ startedAt: Date }>(
      `SELECT started_at AS startedAt FROM sync_runs
       WHERE scope = 'org' AND status = 'complete' AND started_at <= ? ORDER BY started_at DESC LIMIT 1`,
      [sqlInstant(this.#deps.clock.now())],
    );
    return row?.startedAt.getTime() ?? null;
  }
}
