import { systemViewer } from '@shigang/server';
import fc from 'fast-check';
import { AppError, type ReplyAnswer, type SalesRole, type Tier } from '@shigang/shared';
import {
  CYCLE_REF,
  DECISION_CYCLE,
  HR,
  HR_ADMIN,
  MANAGER,
  SMALL_TEAM,
  type DecisionHouse,
} from '../harness/decision-house.ts';
import { booksOf } from '../harness/decision-state.ts';
import type { FaultKind } from '../harness/test-dingtalk.ts';
import { askRoute } from './ask-route.ts';

const SYSTEM = systemViewer('test');

/* Everything that people, the clock and DingTalk can do to a decision, as commands that come in any order. */

/** One house with what was done to it so far. */
export interface World {
  readonly house: DecisionHouse;
  readonly trace: string[];
  /** What must hold after every step. @throws Error naming what does not */
  check(): Promise<void>;
}

const PEOPLE = SMALL_TEAM.map((person) => person.userId);
/** A refusal by one of these is an answer, not a failure. */
const REFUSALS = /^(cycle|decision|reply|role_change|approval|notice|access|employee)\./;
const WHY = '经过沟通，依据规章与岗位需要作出的决定。';

type Act = (world: World) => Promise<unknown>;

/** A command that may always be given; what the house refuses is written down as refused. */
class Step implements fc.AsyncCommand<object, World> {
  readonly #name: string;
  readonly #act: Act;

  constructor(name: string, act: Act) {
    this.#name = name;
    this.#act = act;
  }

  check(): boolean {
    return true;
  }

  async run(_model: object, world: World): Promise<void> {
    try {
      const result = await this.#act(world);
      world.trace.push(result === undefined ? this.#name : `${this.#name} → ${JSON.stringify(result)}`);
    } catch (error) {
      if (!(error instanceof AppError) || !REFUSALS.test(error.code)) {
        world.trace.push(`${this.#name} failed`);
        throw error;
      }
      world.trace.push(`${this.#name} refused: ${error.code}`);
    }
    await world.check();
  }

  toString(): string {
    return this.#name;
  }
}

const person = fc.constantFrom(...PEOPLE);
const hrPerson = fc.constantFrom(HR, HR_ADMIN);

const decide = fc
  .record({
    userId: person,
    by: hrPerson,
    tier: fc.constantFrom<(Tier | 'later')[]>(
      'transition',
      'transition',
      'reassign',
      'train',
      'insufficient_data',
      'later',
    ),
    targetRole: fc.constantFrom<(SalesRole | undefined)[]>(
      undefined,
      undefined,
      'sales_support',
      'small_account',
    ),
    seesStale: fc.boolean(),
  })
  .map(
    ({ userId, by, tier, targetRole, seesStale }) =>
      new Step(`${by} decides ${userId} ${tier} ${targetRole ?? ''}`, async ({ house }) => {
        const hasTarget = targetRole !== undefined && (tier === 'transition' || tier === 'reassign');
        await house.modules.review.decide(await house.viewer(by), CYCLE_REF, {
          ...{ userId, tier, reason: WHY },
          ...(hasTarget ? { targetRole } : {}),
          ...(seesStale ? { replaces: null } : {}),
        });
      }),
  );

const confirmAll = hrPerson.map(
  (by) =>
    new Step(`${by} confirms all`, async ({ house }) => {
      await house.modules.review.confirmAll(await house.viewer(by), CYCLE_REF);
    }),
);

/** Whoever is still undecided is decided first, else a cycle would seldom be published. */
const publish = fc.constant(
  new Step('published', async ({ house }) => {
    const admin = await house.viewer(HR_ADMIN);
    const [cycle] = await house.db.select<{ state: string }>(
      'SELECT state FROM review_cycles WHERE cycle_id = ?',
      [DECISION_CYCLE],
    );
    const decided = await house.db.select<{ user_id: string }>(
      'SELECT user_id FROM decisions WHERE current_key IS NOT NULL',
    );
    for (const one of SMALL_TEAM)
      if (cycle?.state === 'review' && decided.every((row) => row.user_id !== one.userId))
        await house.modules.review.decide(admin, CYCLE_REF, one);
    await house.modules.review.publish(admin, CYCLE_REF);
  }),
);

const reply = fc
  .record({
    userId: person,
    answer: fc.constantFrom<ReplyAnswer[]>('agree', 'agree', 'agree', 'talk', 'decline'),
  })
  .map(
    ({ userId, answer }) =>
      new Step(`${userId} replies ${answer}`, async ({ house }) => {
        const viewer = await house.viewer(userId);
        await house.modules.review.reply(viewer, CYCLE_REF, { userId, answer, text: null });
      }),
  );

const answerApproval = fc
  .record({ nth: fc.nat(3), result: fc.constantFrom('agree', 'agree', 'agree', 'refuse', 'terminate') })
  .map(
    ({ nth, result }) =>
      new Step(`approval ${result}`, async ({ house }) => {
        const running = (await booksOf(house.dingtalk)).approvals.filter(({ state }) => state === 'running');
        const one = running[nth % Math.max(running.length, 1)];
        if (one === undefined) return 'none runs';
        const by = result === 'terminate' ? {} : { userId: one.approvers[0] ?? MANAGER };
        const remark = result === 'agree' ? {} : { remark: '再等一个季度' };
        await house.dingtalk.control(`/approvals/${one.id}`, { result, ...by, ...remark });
        return undefined;
      }),
  );

const resolve = fc
  .record({
    userId: person,
    by: hrPerson,
    action: fc.constantFrom<('keep' | 'ground')[]>('keep', 'ground', 'ground'),
  })
  .map(
    ({ userId, by, action }) =>
      new Step(`${by} resolves ${userId} ${action}`, async ({ house }) => {
        const [row] = await house.db.select<{ decision_id: string }>(
          'SELECT decision_id FROM decisions WHERE user_id = ? AND current_key IS NOT NULL',
          [userId],
        );
        if (!row) return 'no decision';
        const body = { decisionId: row.decision_id, action, text: WHY };
        const path = { cycleId: DECISION_CYCLE, userId };
        const route = 'POST /cycles/{cycleId}/people/{userId}/resolutions';
        await askRoute(house, by, { route, params: path, body });
        return undefined;
      }),
  );

const resend = fc.record({ userId: person, by: hrPerson }).map(
  ({ userId, by }) =>
    new Step(`${by} sends ${userId} the notice again`, async ({ house }) => {
      const [row] = await house.db.select<{ id: string }>(
        'SELECT id FROM notices WHERE user_id = ? AND decision_id IS NOT NULL ORDER BY wording DESC, id LIMIT 1',
        [userId],
      );
      if (!row) return 'no notice';
      const path = { cycleId: DECISION_CYCLE, userId };
      const route = 'POST /cycles/{cycleId}/people/{userId}/notices';
      await askRoute(house, by, { route, params: path, body: { noticeId: row.id } });
      return undefined;
    }),
);

/** Own pages and the team's: before publication nothing of a score or a tier, whoever asks. */
const lookAround = person.map(
  (userId) =>
    new Step(`${userId} and the manager look`, async ({ house }) => {
      const asks = [
        ...['/me/home', '/me/match', '/me/development'].map((path) => [userId, path] as const),
        ...['/me/home', '/team'].map((path) => [MANAGER, path] as const),
      ];
      const [cycle] = await house.db.select<{ state: string }>(
        'SELECT state FROM review_cycles WHERE cycle_id = ?',
        [DECISION_CYCLE],
      );
      for (const [who, path] of asks) {
        const answer = await askRoute(house, who, { route: `GET ${path}` });
        const told = JSON.stringify(answer).match(/"(tier|suggest\w*|score\w*)":(?!null)[^,}]*/g) ?? [];
        if (cycle?.state === 'review' && told.length > 0)
          throw new Error(`${path} tells ${who} before publication: ${told.join()}`);
      }
    }),
);

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const passTime = fc
  .constantFrom(MINUTE_MS, 20 * MINUTE_MS, DAY_MS, DAY_MS, 3 * DAY_MS, 9 * DAY_MS, 25 * DAY_MS)
  .map(
    (ms) =>
      new Step(`${ms / MINUTE_MS} minutes pass`, async ({ house }) => {
        await pass(house, ms);
        if (ms < DAY_MS) return undefined;
        await house.modules.development.settlePassed(SYSTEM);
        const { effective, returned, cancelled } = await house.modules.roleChange.passDay(SYSTEM);
        return `${effective} effective, ${returned} returned, ${cancelled} cancelled`;
      }),
  );

/** Both clocks: business time here and at DingTalk. */
export async function pass(house: DecisionHouse, ms: number): Promise<void> {
  const { clock } = house.dingtalk;
  clock.advance(ms);
  const { now } = await house.dingtalk.control<{ now: string }>('/clock');
  const missing = Math.max(clock.now() - Date.parse(now), 0);
  await house.dingtalk.control('/clock', { advance: `PT${Math.ceil(missing / 1_000)}S` });
}

const send = fc.constant(new Step('a worker sends', ({ house }) => house.modules.relay.drain('one')));
const read = fc.constant(
  new Step('a worker reads events', ({ house }) => house.modules.inboxReader.drain('one')),
);
const both = fc.constant(
  new Step('two workers at once', async ({ house }) => {
    const { relay, inboxReader } = house.modules;
    await Promise.all([
      relay.drain('one'),
      relay.drain('two'),
      inboxReader.drain('one'),
      inboxReader.drain('two'),
    ]);
  }),
);
const reconcile = fc.constant(
  new Step('reconciliation', async ({ house }) => {
    const { settled } = await house.modules.approval.reconcile(SYSTEM);
    return settled;
  }),
);

const disturb = fc
  .record({
    mode: fc.constantFrom('duplicate', 'reorder', 'drop', 'off'),
    count: fc.integer({ min: 1, max: 3 }),
  })
  .map(
    ({ mode, count }) =>
      new Step(`events: ${mode}`, async ({ house }) => {
        await house.dingtalk.control('/events/replay', mode === 'off' ? { mode } : { mode, count });
      }),
  );

const CALLS = [
  '/topapi/message/corpconversation/asyncsend_v2',
  '/topapi/message/corpconversation/getsendresult',
  'POST /v1.0/workflow/processInstances',
  'GET /v1.0/workflow/processInstances',
  '/v1.0/workflow/processInstances/terminate',
  'POST /v1.0/workflow/forms',
  '/v1.0/hrm/processes/transfer',
  'POST /v1.0/todo/users/{unionId}/tasks',
];
const trouble = fc
  .record({
    match: fc.constantFrom(...CALLS),
    kind: fc.constantFrom<FaultKind[]>('qps', 'http500', 'html', 'truncate', 'token', 'busy', 'undelivered'),
  })
  .map(
    ({ match, kind }) =>
      new Step(`trouble: ${kind} at ${match}`, ({ house }) => house.dingtalk.fault(match, kind, 1)),
  );

/** Who has left DingTalk, which may know it before us: events get lost here. */
const gone = new WeakMap<DecisionHouse, Set<string>>();

const leave = fc.constantFrom(...PEOPLE.slice(2)).map(
  (userId) =>
    new Step(`${userId} leaves`, async ({ house }) => {
      const left = gone.get(house) ?? new Set();
      if (left.has(userId)) return 'gone already';
      gone.set(house, left.add(userId));
      const on = new Date(house.dingtalk.clock.now() + 8 * 3_600_000 - DAY_MS).toISOString().slice(0, 10);
      await house.dingtalk.control('/org', { op: 'leave', employee: { userid: userId, leftOn: on } });
      return undefined;
    }),
);

const weighted = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>): fc.WeightedArbitrary<Value> => ({
  weight,
  arbitrary,
});

/** As many commands as asked for: what can happen often comes often. */
export const commandsOf = (length: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      weighted(6, decide),
      weighted(1, confirmAll),
      weighted(4, publish),
      weighted(10, reply),
      weighted(10, answerApproval),
      weighted(6, resolve),
      weighted(2, resend),
      weighted(3, lookAround),
      weighted(8, passTime),
      weighted(12, send),
      weighted(8, read),
      weighted(3, both),
      weighted(2, reconcile),
      weighted(4, disturb),
      weighted(4, trouble),
      weighted(1, leave),
    ),
    { minLength: length, maxLength: length },
  );
