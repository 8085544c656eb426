import { type Database, systemViewer } from '@shigang/server';
import { CYCLE_REF, DECISION_CYCLE, HR, HR_ADMIN, type DecisionHouse } from '../../harness/decision-house.ts';
import type { SignedIn } from '../../harness/processes/signed-in.ts';
import { pass } from '../decision-commands.ts';
import { agreeToAll, work } from '../decision-story.ts';

const SYSTEM = systemViewer('test');

/* The decision's route cut where one process hands over to the next: any step can be done by a process of its own. */

interface Step {
  readonly name: string;
  /** The step within the test's own process. */
  tell(house: DecisionHouse): Promise<void>;
}

/** A person asks the server for something. */
export interface ServerStep extends Step {
  readonly by: 'server';
  /** What the person does; done again when no answer came. */
  ask(house: DecisionHouse, signedIn: (userId: string) => Promise<SignedIn>): Promise<void>;
}

/** A worker finds something to do. */
export interface WorkerStep extends Step {
  readonly by: 'worker';
  /** Before the worker starts. */
  prepare?(house: DecisionHouse): Promise<void>;
  /** Once it is up. */
  cause?(house: DecisionHouse): Promise<void>;
  /** Besides nothing being due any more. */
  isDone?(db: Database): Promise<boolean>;
}

export type RouteStep = ServerStep | WorkerStep;

const MINUTE_MS = 60_000;
const EFFECTIVE_AT = Date.parse('2026-11-01T00:00:00+08:00');
const AGREED = ['zhangsan', 'xuqiang'] as const;
const TAKEN_BACK = ['wangwu', 'lisi'] as const;
const LATER = { tier: 'later', reason: '与本人和主管谈过，下一季再看。' } as const;

const publish: ServerStep = {
  name: 'publish',
  by: 'server',
  tell: async ({ modules, viewer }) => void (await modules.review.publish(await viewer(HR_ADMIN), CYCLE_REF)),
  ask: async (_house, signedIn) => {
    await (await signedIn(HR_ADMIN)).post(`/cycles/${DECISION_CYCLE}/publication`, {});
  },
};

const send: WorkerStep = {
  name: 'send',
  by: 'worker',
  tell: async ({ modules }) => void (await modules.relay.drain('teller')),
};

const deliveries: WorkerStep = { name: 'deliveries', by: 'worker', tell: work };

/** Two agree, and HR takes back what it had decided of others. */
const answer: ServerStep = {
  name: 'answer',
  by: 'server',
  tell: async ({ modules, viewer }) => {
    for (const userId of AGREED)
      await modules.review.reply(await viewer(userId), CYCLE_REF, { userId, answer: 'agree', text: '谢谢' });
    for (const userId of TAKEN_BACK)
      await modules.review.decide(await viewer(HR), CYCLE_REF, { userId, ...LATER });
  },
  ask: async ({ db }, signedIn) => {
    for (const userId of AGREED) {
      const [offer] = await db.select<{ decisionId: string; consentHash: string }>(
        'SELECT decision_id AS decisionId, consent_hash AS consentHash FROM role_changes WHERE user_id = ?',
        [userId],
      );
      await (await signedIn(userId)).post('/me/replies', { ...offer, answer: 'agree', text: '谢谢' });
    }
    const hr = await signedIn(HR);
    for (const userId of TAKEN_BACK) {
      const [present] = await db.select<{ replaces: string }>(
        `SELECT decision_id AS replaces FROM decisions WHERE user_id = ? AND current_key IS NOT NULL AND tier <> 'later'`,
        [userId],
      );
      if (present) await hr.post(`/cycles/${DECISION_CYCLE}/decisions`, { userId, ...LATER, ...present });
    }
  },
};

const followAnswers: WorkerStep = { name: 'follow the answers', by: 'worker', tell: work };

const approve: WorkerStep = {
  name: 'approve',
  by: 'worker',
  tell: async (house) => {
    await agreeToAll(house);
    await house.modules.approval.reconcile(SYSTEM);
    await work(house);
  },
  cause: agreeToAll,
  isDone: async (db) => {
    const open = await db.select("SELECT 1 FROM approvals WHERE state = 'running'");
    return open.length === 0;
  },
};

const effectiveDay: WorkerStep = {
  name: 'effective day',
  by: 'worker',
  tell: async (house) => {
    await untilEffectiveDay(house);
    await house.modules.roleChange.passDay(SYSTEM);
    await house.modules.development.settlePassed(SYSTEM);
    await work(house);
  },
  prepare: async (house) => {
    const yesterday = EFFECTIVE_AT - 24 * 60 * MINUTE_MS;
    await untilEffectiveDay(house);
    // The nights before are not this test's matter: only the day's own run is due.
    await house.db.insertMany(
      'schedule_marks',
      ['name', 'last_due_ms'],
      [
        ['daily', yesterday],
        ['nightly', EFFECTIVE_AT],
        ['quarterly', EFFECTIVE_AT],
      ],
    );
  },
  isDone: async (db) => {
    const [mark] = await db.select<{ at: number }>(
      "SELECT last_due_ms AS at FROM schedule_marks WHERE name = 'daily'",
    );
    return Number(mark?.at) >= EFFECTIVE_AT;
  },
};

/** The route from the publication to the day on which the role changes. */
export const ROUTE: readonly RouteStep[] = [
  publish,
  send,
  deliveries,
  answer,
  followAnswers,
  approve,
  effectiveDay,
];

async function untilEffectiveDay(house: DecisionHouse): Promise<void> {
  await pass(house, Math.max(EFFECTIVE_AT + MINUTE_MS - house.dingtalk.clock.now(), 0));
}
