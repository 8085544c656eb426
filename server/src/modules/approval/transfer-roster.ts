import { transferDetails, type SalesRole } from '@shigang/shared';
import { systemViewer } from '../../access/index.ts';
import { DingTalkError, type DingTalkRun } from '../../dingtalk/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { MAX_ATTEMPTS, type OutboxRow } from '../../platform/outbox/outbox.ts';
import { declarePost } from '../../platform/outbox/post.ts';
import type { OutboxSender, SendOutcome, Suffered } from '../../platform/outbox/relay.ts';
import { readApproval } from './approval-store.ts';
import { tryLater } from './call-failed.ts';
import type { ApprovalDeps } from './deps.ts';
import { starterOf } from '../org/index.ts';

export interface TransferRequest {
  readonly decisionId: string;
  readonly cycleId: string;
  readonly userId: string;
  readonly toRole: SalesRole;
}

type TransferState = 'waiting' | 'done' | 'already' | 'not_mapped' | 'failed' | 'cancelled';

interface TransferPayload {
  readonly decisionId: string;
}
type Row = OutboxRow<TransferPayload>;
type Outcome = SendOutcome<{ readonly state: TransferState | 'gone' }>;

/** A transfer in DingTalk's roster. */
const rosterTransfer = declarePost<TransferPayload, { readonly state: TransferState | 'gone' }>()({
  kind: 'roster.transfer',
  key: ({ decisionId }) => decisionId,
});

interface StoredTransfer {
  readonly decisionId: string;
  readonly userId: string;
  /** Null where the settings map the role to nothing. */
  readonly deptId: number | null;
  readonly positionName: string | null;
  readonly state: TransferState;
  readonly detail: string | null;
}
interface WaitingTransfer extends StoredTransfer {
  readonly deptId: number;
  readonly positionName: string;
}
const isWaiting = (transfer: StoredTransfer | null): transfer is WaitingTransfer =>
  transfer?.state === 'waiting' && transfer.deptId !== null && transfer.positionName !== null;

/**
 * A role change took effect: the roster is told where the settings map the role to department and position; else it is
 * written down that nothing was called. Safe to repeat.
 */
export async function transferInRoster(deps: ApprovalDeps, tx: Tx, request: TransferRequest): Promise<void> {
  const { decisionId, cycleId, userId, toRole } = request;
  const { roleTargets, rosterTransfer: isOn } = await deps.settings.current();
  const target = isOn ? roleTargets[toRole] : undefined;
  const why = isOn ? transferDetails.notMapped : transferDetails.off;
  const isNew = await tx.insertMany(
    'roster_transfers',
    [
      ...['decision_id', 'cycle_id', 'user_id', 'to_role', 'dept_id', 'position_name', 'state', 'detail'],
      'settled_at',
    ],
    [
      target
        ? [decisionId, cycleId, userId, toRole, target.deptId, target.positionName, 'waiting', null, null]
        : [
            ...[decisionId, cycleId, userId, toRole, null, null, 'not_mapped', why],
            sqlInstant(deps.clock.now()),
          ],
    ],
    { update: [] },
  );
  // Passed on before: its post may be long gone.
  if (!target || isNew === 0) return;
  await deps.outbox.add(tx, rosterTransfer, { payload: { decisionId }, cycleId });
}

/** Passes role changes on to the roster, each once. Nothing of it is metered: the address book is asked before each try. */
export class RosterTransferrer implements OutboxSender<
  TransferPayload,
  { readonly state: TransferState | 'gone' }
> {
  readonly post = rosterTransfer;
  readonly #deps: ApprovalDeps;

  constructor(deps: ApprovalDeps) {
    this.#deps = deps;
  }

  async keep(tx: Tx, { payload: { decisionId } }: Row, { tries, error, isGivenUp }: Suffered): Promise<void> {
    const givenUpAt = isGivenUp ? sqlInstant(this.#deps.clock.real()) : null;
    await tx.execute(
      'UPDATE roster_transfers SET tries = ?, error = ?, given_up_at = ? WHERE decision_id = ?',
      [tries, error, givenUpAt, decisionId],
    );
  }

  async send(row: Row): Promise<Outcome> {
    const { decisionId } = row.payload;
    const transfer = await storedTransfer(this.#deps.db, decisionId);
    if (!isWaiting(transfer)) return { kind: 'sent', result: { state: transfer?.state ?? 'gone' } };
    try {
      return await this.#transfer(transfer);
    } catch (error) {
      const isAnswer = error instanceof DingTalkError;
      if (row.attempts >= MAX_ATTEMPTS || (isAnswer && error.kind === 'giveUp')) {
        await this.#settle(transfer, 'failed', isAnswer ? error.message : transferDetails.gaveUp);
        return { kind: 'dead', error: String(error) };
      }
      if (!isAnswer) throw error;
      return tryLater(error, this.#deps.clock);
    }
  }

  async #transfer(transfer: WaitingTransfer): Promise<Outcome> {
    const { db, dingtalk, settings } = this.#deps;
    const { decisionId, userId, deptId, positionName } = transfer;
    const run = dingtalk.for('transfer');
    // An earlier try without an answer may have done it; the roster tells.
    const wasTried = transfer.detail === transferDetails.submitted;
    if (await isThere(run, transfer)) return this.#settled(transfer, wasTried ? 'done' : 'already');
    const approval = await readApproval(db, 'decision_id', decisionId);
    const operatorUserId = await starterOf(db, settings, approval?.decidedBy ?? '');
    if (operatorUserId === null) {
      await this.#settle(transfer, 'failed', transferDetails.noOperator);
      return { kind: 'dead', error: transferDetails.noOperator };
    }
    await db.execute('UPDATE roster_transfers SET detail = ? WHERE decision_id = ?', [
      transferDetails.submitted,
      decisionId,
    ]);
    try {
      await run.hrProcess.transfer({ userId, deptId, positionName, operatorUserId });
    } catch (error) {
      if (error instanceof DingTalkError && !error.isOutcomeUnknown)
        await db.execute('UPDATE roster_transfers SET detail = NULL WHERE decision_id = ?', [decisionId]);
      throw error;
    }
    return this.#settled(transfer, 'done');
  }

  async #settled(transfer: StoredTransfer, state: TransferState): Promise<Outcome> {
    await this.#settle(transfer, state, null);
    return { kind: 'sent', result: { state } };
  }

  async #settle(transfer: StoredTransfer, state: TransferState, detail: string | null): Promise<void> {
    const { db, clock, audit } = this.#deps;
    await db.transaction(async (tx) => {
      const changed = await tx.execute(
        `UPDATE roster_transfers SET state = ?, detail = ?, settled_at = ?
         WHERE decision_id = ? AND state = 'waiting'`,
        [state, detail, sqlInstant(clock.now()), transfer.decisionId],
      );
      if (changed.affectedRows === 0) return;
      await audit.record(tx, systemViewer('roster.transfer'), {
        action: `roster.transfer_${state}`,
        subjectKind: 'employee',
        subjectId: transfer.userId,
        before: { decisionId: transfer.decisionId, state: 'waiting' },
        after: { state, deptId: transfer.deptId, positionName: transfer.positionName },
        reason: detail,
      });
    });
  }
}

async function storedTransfer(sql: Sql, decisionId: string): Promise<StoredTransfer | null> {
  const [row] = await sql.select<StoredTransfer>(
    `SELECT decision_id AS decisionId, user_id AS userId, dept_id AS deptId, position_name AS positionName, state, detail
     FROM roster_transfers WHERE decision_id = ?`,
    [decisionId],
  );
  return row ?? null;
}

/** Whether the person has that department as the main one, and that position. @throws DingTalkError giveUp for leavers */
async function isThere(run: DingTalkRun, transfer: WaitingTransfer): Promise<boolean> {
  const person = await run.contact.person(transfer.userId);
  const mainId = person.mainDepartmentId ?? person.departmentIds[0] ?? null;
  return mainId === transfer.deptId && person.title === transfer.positionName;
}
