import type { Viewer } from '../access/index.ts';
import { sqlInstant, type Clock } from '../platform/clock.ts';
import type { Database, Sql } from '../platform/database.ts';
import { sha256 } from '../platform/ids.ts';

/** One entry: who did what to which subject. Values are documents without personal figures (keys, states, versions). */
export interface AuditEntry {
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly before?: object | null;
  readonly after?: object | null;
  readonly reason?: string | null;
}

interface AuditRow {
  seq: number;
  happened_at: Date;
  actor: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  before_value: string | null;
  after_value: string | null;
  reason: string | null;
  previous_hash: string;
  hash: string;
}

const VERIFY_BATCH = 5_000;

/** Append-only log, chained by hashes from its first row: a changed or missing row breaks every later hash. */
export class AuditLog {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Writes inside the caller's transaction; call it last, since the head row serialises writers until the commit. */
  async record(tx: Sql, viewer: Viewer, entry: AuditEntry): Promise<void> {
    const [head] = await tx.select<{ seq: number; hash: string }>(
      'SELECT seq, hash FROM audit_head WHERE id = 1 FOR UPDATE',
    );
    if (!head) throw new Error('audit_head is missing: run the migrations');
    const seq = Number(head.seq) + 1;
    const fields = [
      sqlInstant(this.#clock.now()),
      viewer.actor,
      entry.action,
      entry.subjectKind,
      entry.subjectId,
      entry.before ? JSON.stringify(entry.before) : null,
      entry.after ? JSON.stringify(entry.after) : null,
      entry.reason ?? null,
    ];
    const hash = chainHash(head.hash, seq, fields);
    await tx.execute(
      `INSERT INTO audit_log (seq, happened_at, actor, action, subject_kind, subject_id, before_value, after_value, reason,
        previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [seq, ...fields, head.hash, hash],
    );
    await tx.execute('UPDATE audit_head SET seq = ?, hash = ? WHERE id = 1', [seq, hash]);
  }

  /** A read of another person's data; the own is nobody's business but one's own. */
  async recordRead(db: Database, viewer: Viewer, data: string, userId: string): Promise<void> {
    if (viewer.userId === userId || viewer.isSystem) return;
    await db.transaction((tx) =>
      this.record(tx, viewer, { action: `${data}.read`, subjectKind: 'employee', subjectId: userId }),
    );
  }

  /** Recomputes the whole chain. Returns the first broken seq, or null when whole. */
  async verify(db: Database): Promise<{ rows: number; brokenAt: number | null }> {
    let hash = '0'.repeat(64);
    let seq = 0;
    for (;;) {
      const rows = await db.select<AuditRow>(
        `SELECT * FROM audit_log WHERE seq > ? ORDER BY seq LIMIT ${VERIFY_BATCH}`,
        [seq],
      );
      for (const row of rows) {
        seq += 1;
        const fields = [
          sqlInstant(row.happened_at.getTime()),
          row.actor,
          row.action,
          row.subject_kind,
          row.subject_id,
          row.before_value,
          row.after_value,
          row.reason,
        ];
        const expected = chainHash(hash, seq, fields);
        if (Number(row.seq) !== seq || row.previous_hash !== hash || row.hash !== expected)
          return { rows: seq, brokenAt: seq };
        hash = row.hash;
      }
      if (rows.length < VERIFY_BATCH) break;
    }
    const [head] = await db.select<{ seq: number; hash: string }>(
      'SELECT seq, hash FROM audit_head WHERE id = 1',
    );
    const isWhole = Number(head?.seq ?? -1) === seq && head?.hash === hash;
    return { rows: seq, brokenAt: isWhole ? null : seq + 1 };
  }
}

const chainHash = (previous: string, seq: number, fields: readonly (string | null)[]): string =>
  sha256(`${previous}\n${seq}\n${JSON.stringify(fields)}`);
