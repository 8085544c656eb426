import {
  operatorViewer,
  type App,
  type Database,
  type Outbox,
  type SqlScalar,
  type Tx,
} from '@shigang/server';
import { demoOrg } from '@shigang/simulator';
import { entities } from '../../../server/src/modules.ts';
import { approvalSettled, type ApprovalSettled } from '../../../server/src/modules/approval/index.ts';
import { Inbox } from '../../../server/src/platform/inbox/inbox.ts';
import { InboxReader, type ArrivedEvent } from '../../../server/src/platform/inbox/reader.ts';
import { OutboxRelay } from '../../../server/src/platform/outbox/relay.ts';
import { testApp } from '../harness/test-app.ts';
import { createTestDatabase } from '../harness/databases/test-database.ts';
import { startTestDingTalk, type TestDingTalk } from '../harness/test-dingtalk.ts';
import { testRedis } from '../harness/test-redis.ts';
import { storeOrg } from './stored-org.ts';

/** An approval as the simulator's books show it. */
export interface BookedApproval {
  readonly id: string;
  readonly state: string;
  readonly starter: string;
  readonly approvers: string[];
  readonly formValues: Record<string, string>;
}
export interface BookedTodo {
  readonly id: string;
  readonly state: string;
  readonly creator: string;
  readonly recipients: string[];
  readonly dueAt: string;
  readonly content: { readonly subject: string; readonly sourceId: string; readonly detailUrl: object };
}
export interface BookedTransfer {
  readonly userId: string;
  readonly deptId: number;
  readonly position: string;
}
interface Books {
  readonly approvals: BookedApproval[];
  readonly todos: BookedTodo[];
  readonly transfers: BookedTransfer[];
}
interface SimulatedEvent {
  readonly id: string;
  readonly type: string;
  /** ISO instant of the simulator's clock. */
  readonly at: string;
  readonly data: Record<string, unknown>;
}

export const CYCLE = '2026Q3-large_account';
const TABLES = [
  ...[
    'approvals',
    'role_changes',
    'roster_transfers',
    'training_plans',
    'training_plan_courses',
    'trainings',
  ],
  ...['outbox', 'inbox'],
];

/** The demo company at a simulated DingTalk, with what decisions bring about, on 2026-10-12. */
export class ActionHouse {
  readonly db: Database;
  readonly dingtalk: TestDingTalk;
  readonly approval: App['modules']['approval'];
  readonly development: App['modules']['development'];
  readonly outbox: Outbox;
  readonly settings: App['modules']['settings'];
  readonly relay: OutboxRelay;
  readonly reader: InboxReader;
  #decisions = 0;
  #instancesBefore = 0;

  private constructor({ db, outbox, log, modules }: App, inbox: Inbox, dingtalk: TestDingTalk) {
    this.db = db;
    this.dingtalk = dingtalk;
    this.outbox = outbox;
    this.settings = modules.settings;
    this.approval = modules.approval;
    this.development = modules.development;
    // What the others send and hear is not these suites' matter: their rows are not there.
    this.reader = new InboxReader(inbox, this.approval.inboxHandlers, log);
    this.relay = new OutboxRelay(outbox, [...this.approval.senders, ...this.development.senders], log);
  }

  static async open(): Promise<ActionHouse> {
    const db = await createTestDatabase({ entities });
    const dingtalk = await startTestDingTalk({ db, redis: await testRedis(), org: demoOrg() });
    await storeOrg(db, demoOrg());
    const { clock } = dingtalk;
    const app = await testApp({
      db,
      clock,
      dingtalk: dingtalk.gateway(),
      publicUrl: 'https://hr.example.com',
    });
    return new ActionHouse(app, new Inbox(db, clock), dingtalk);
  }

  /** As before the first decision; DingTalk keeps its form and what it was sent. */
  async clear(): Promise<void> {
    await this.dingtalk.clearFaults();
    for (const table of TABLES) await this.db.execute(`DELETE FROM ${table}`);
    this.#instancesBefore = (await this.#books()).approvals.length;
    await this.dingtalk.newCalls();
  }

  /** An offered role change with its approval. @returns the decision's id */
  async offer(userId: string, options: { gated?: boolean; decidedBy?: string } = {}): Promise<string> {
    this.#decisions += 1;
    const decisionId = `decision-${String(this.#decisions).padStart(4, '0')}`;
    await this.db.insertMany(
      'role_changes',
      [
        ...['decision_id', 'cycle_id', 'user_id', 'from_role', 'to_role', 'consent_text', 'consent_hash'],
        ...['offered_on', 'reply_due_on'],
      ],
      [
        [
          ...[decisionId, CYCLE, userId, 'small_account', 'large_account', '同意', 'x'.repeat(64)],
          ...['2026-10-12', '2026-10-19'],
        ],
      ],
    );
    await this.within((tx) =>
      this.approval.ask(tx, [
        {
          ...{ decisionId, cycleId: CYCLE, userId, fromRole: 'small_account', toRole: 'large_account' },
          ...{ decidedBy: options.decidedBy ?? 'hr01', isGated: options.gated ?? false },
          ...{ consentText: '自双方同意的次月 1 日起', planName: '大客户激励方案', reason: null },
        },
      ]),
    );
    return decisionId;
  }

  within<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.db.transaction(work);
  }

  /** Both clocks. */
  async pass(ms: number): Promise<void> {
    this.dingtalk.clock.advance(ms);
    await this.dingtalk.control('/clock', { advance: `PT${Math.ceil(ms / 1000)}S` });
  }

  async drain(): Promise<void> {
    await this.relay.drain('worker');
  }

  /** Sends, and sends what is retried, until so much time has passed. */
  async drainFor(ms: number, stepMs = 16_000): Promise<void> {
    await this.drain();
    for (let passed = 0; passed < ms; passed += stepMs) {
      await this.pass(stepMs);
      await this.drain();
    }
  }

  /** Instances since {@link clear}. */
  async instances(): Promise<BookedApproval[]> {
    return (await this.#books()).approvals.slice(this.#instancesBefore);
  }

  async instanceOf(decisionId: string): Promise<BookedApproval | undefined> {
    const { approval_id: id } = await this.row('approvals', decisionId);
    return (await this.instances()).find((each) => each.formValues['编号'] === id);
  }

  #books(): Promise<Books> {
    return this.dingtalk.control<Books>('/books');
  }

  async transfersOf(userId: string): Promise<BookedTransfer[]> {
    return (await this.#books()).transfers.filter((each) => each.userId === userId);
  }

  async todosOf(decisionId: string): Promise<BookedTodo[]> {
    return (await this.#books()).todos.filter((each) => each.content.sourceId === decisionId);
  }

  /** Somebody answers in DingTalk, or takes it back. */
  async answer(decisionId: string, result: 'agree' | 'refuse' | 'terminate', remark?: string): Promise<void> {
    const instance = await this.instanceOf(decisionId);
    await this.dingtalk.control(`/approvals/${instance?.id ?? 'none'}`, {
      result,
      ...(remark === undefined ? {} : { remark }),
    });
  }

  /** Events of a decision's instance, oldest first, as they arrive. */
  async eventsOf(decisionId: string): Promise<ArrivedEvent[]> {
    const instance = await this.instanceOf(decisionId);
    const { events } = await this.dingtalk.control<{ events: SimulatedEvent[] }>('/events');
    return events
      .filter(
        ({ type, data }) => type === 'bpms_instance_change' && data['processInstanceId'] === instance?.id,
      )
      .map(({ id, type, at, data }) => ({ eventId: id, type, bornAt: Date.parse(at), data }));
  }

  /** An event of DingTalk's approvals that nobody but the test knows of. */
  event(eventId: string, data: Record<string, unknown>): ArrivedEvent {
    return { eventId, type: 'bpms_instance_change', bornAt: this.dingtalk.clock.now(), data };
  }

  /** Takes events in and applies them. */
  async hear(events: readonly ArrivedEvent[]): Promise<void> {
    for (const event of events) await this.reader.receive(event);
    await this.reader.drain('reader');
  }

  async inboxState(eventId: string): Promise<string | undefined> {
    const [row] = await this.db.select<{ state: string }>('SELECT state FROM inbox WHERE event_id = ?', [
      eventId,
    ]);
    return row?.state;
  }

  async row(table: string, decisionId: string): Promise<Record<string, SqlScalar>> {
    const [row] = await this.db.select<Record<string, SqlScalar>>(
      `SELECT * FROM ${table} WHERE decision_id = ?`,
      [decisionId],
    );
    return row ?? {};
  }

  async stateOf(decisionId: string): Promise<SqlScalar | undefined> {
    return (await this.row('approvals', decisionId))['state'];
  }

  setChange(decisionId: string, state: string): Promise<unknown> {
    return this.db.execute('UPDATE role_changes SET state = ? WHERE decision_id = ?', [state, decisionId]);
  }

  /** What the review was told of a decision. */
  async told(
    decisionId: string,
  ): Promise<{ outcome: string; remark: string | null; by: string | null; at: number }[]> {
    const rows = await this.db.select<{ payload: string }>(
      'SELECT payload FROM outbox WHERE kind LIKE ? ORDER BY created_at, id',
      [`event:${approvalSettled.name}:%`],
    );
    return rows
      .map(({ payload }) => JSON.parse(payload) as ApprovalSettled)
      .map(({ decisionId: of, outcome, remark, by, at }) => ({ decisionId: of, outcome, remark, by, at }))
      .filter((one) => one.decisionId === decisionId);
  }

  async outboxState(businessKey: string): Promise<string | undefined> {
    const [row] = await this.db.select<{ state: string }>('SELECT state FROM outbox WHERE business_key = ?', [
      businessKey,
    ]);
    return row?.state;
  }

  apply(settings: object): Promise<unknown> {
    return this.settings.applySettings(operatorViewer('tester'), settings);
  }
}
