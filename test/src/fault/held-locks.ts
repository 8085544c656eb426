import type { Database } from '@shigang/server';
import { until } from '../harness/until.ts';

type Runner = ReturnType<Database['dataSource']['createQueryRunner']>;

/** Locks that a test holds on connections of its own; a worker that needs them waits, as it would for another writer. */
export class HeldLocks {
  readonly #db: Database;
  #row: Runner | null = null;
  #table: Runner | null = null;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Holds one member's row: whoever writes the member's chunk waits before its commit. */
  async holdMember(cycleId: string, userId: string): Promise<void> {
    this.#row = this.#db.dataSource.createQueryRunner();
    await this.#row.startTransaction('READ COMMITTED');
    const rows = (await this.#row.query(
      'SELECT user_id FROM cycle_members WHERE cycle_id = ? AND user_id = ? FOR UPDATE',
      [cycleId, userId],
    )) as object[];
    if (rows.length !== 1) throw new Error(`no member ${userId} of ${cycleId}`);
  }

  async releaseMember(): Promise<void> {
    await this.#row?.rollbackTransaction();
    await this.#row?.release();
    this.#row = null;
  }

  /**
   * Asks for the whole table of cycles. It is granted when the transactions that have read a cycle end, and before any
   * statement that comes later: whoever commits then waits at its very next look at the cycle.
   */
  async holdCycles(): Promise<void> {
    this.#table = this.#db.dataSource.createQueryRunner();
    await this.#table.query('LOCK TABLES review_cycles WRITE');
  }

  async releaseCycles(): Promise<void> {
    await this.#table?.query('UNLOCK TABLES');
    await this.#table?.release();
    this.#table = null;
  }
}

interface Process {
  readonly Id: number | string;
  readonly db: string | null;
  readonly Info: string | null;
}

/** Waits until the database shows one and the same connection busy with such a statement at two looks in a row. */
export async function untilWaiting(db: Database, statement: RegExp): Promise<void> {
  const busy = async (): Promise<string[]> => {
    const [own] = await db.select<{ name: string }>('SELECT DATABASE() AS name');
    const processes = await db.select<Process>('SHOW FULL PROCESSLIST');
    return processes
      .filter((one) => one.db === own?.name && statement.test(one.Info ?? ''))
      .map((one) => String(one.Id));
  };
  let before: string[] = [];
  await until(`a connection that waits in ${statement}`, async () => {
    const now = await busy();
    const waiting = now.some((id) => before.includes(id));
    before = now;
    return waiting ? true : undefined;
  });
}
