import { systemViewer } from '@shigang/server';
import { runDay } from '../../../jobs/src/schedule/day.ts';
import {
  CYCLE_REF,
  HR,
  HR_ADMIN,
  SMALL_TEAM,
  type DecisionHouse,
  type Person,
} from '../harness/decision-house.ts';
import { booksOf } from '../harness/decision-state.ts';
import { pass } from './decision-commands.ts';

const SYSTEM = systemViewer('test');

/* The whole route as it is told when nothing comes in between, with every call to DingTalk that it knows. */

/** The small team, and one whose offer is taken back. */
export const STORY_TEAM: readonly Person[] = [...SMALL_TEAM, { userId: 'wangwu', tier: 'transition' }];

const MINUTE_MS = 60_000;
const EFFECTIVE_AT = Date.parse('2026-11-01T00:05:00+08:00');
/** More rounds than trouble makes: the back-off of the outbox, the questions for deliveries, what a dead process held. */
const ROUNDS = 40;

/** Works until nothing is due; what waits after trouble gets its time. */
export async function work(house: DecisionHouse): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await house.modules.relay.drain('worker');
    await house.modules.inboxReader.drain('worker');
    const [open] = await house.db.select<{ due: Date | null }>(
      `SELECT MIN(due) AS due FROM (
         SELECT due_at AS due FROM outbox WHERE state = 'pending' AND due_at < '9999-01-01'
         UNION ALL SELECT lease_until FROM outbox WHERE state = 'sending'
         UNION ALL SELECT GREATEST(COALESCE(due_at, received_at), COALESCE(lease_until, received_at)) FROM inbox
         WHERE state = 'pending') open`,
    );
    if (!open?.due) return;
    await pass(house, Math.max(open.due.getTime() - house.dingtalk.clock.real() + 1, 1_000));
  }
}

/** Publication, answers, the manager's agreement, an offer taken back, and the day on which the role changes. */
export async function tellStory(house: DecisionHouse): Promise<void> {
  await publish(house);
  await answerOffers(house);
  await takeBack(house);
  await agreeToAll(house);
  await work(house);
  await house.modules.approval.reconcile(SYSTEM);
  await work(house);
  await reachTheDay(house);
}

export async function publish(house: DecisionHouse): Promise<void> {
  await house.modules.review.publish(await house.viewer(HR_ADMIN), CYCLE_REF);
  await work(house);
}

/** Both who keep their offer agree to it. */
export async function answerOffers(house: DecisionHouse): Promise<void> {
  for (const userId of ['zhangsan', 'xuqiang'])
    await house.modules.review.reply(await house.viewer(userId), CYCLE_REF, {
      ...{ userId, answer: 'agree', text: '谢谢' },
    });
  await work(house);
}

/** An offer and a training plan are taken back. */
export async function takeBack(house: DecisionHouse): Promise<void> {
  const hr = await house.viewer(HR);
  for (const userId of ['wangwu', 'lisi'])
    await house.modules.review.decide(hr, CYCLE_REF, {
      ...{ userId, tier: 'later', reason: '与本人和主管谈过，下一季再看。' },
    });
  await work(house);
}

/** The day on which the roles change. */
export async function reachTheDay(house: DecisionHouse): Promise<void> {
  await pass(house, EFFECTIVE_AT - house.dingtalk.clock.now() + MINUTE_MS);
  await passDay(house);
}

/** What the first run after midnight does, and what follows from it. */
export async function passDay(house: DecisionHouse): Promise<void> {
  const { modules, platform } = house;
  await runDay({ modules, log: platform.log });
  await work(house);
}

/** Every approver agrees to what waits for them. */
export async function agreeToAll(house: DecisionHouse): Promise<void> {
  const { approvals } = await booksOf(house.dingtalk);
  for (const { id, approvers } of approvals.filter(({ state }) => state === 'running'))
    await house.dingtalk.control(`/approvals/${id}`, {
      result: 'agree',
      userId: approvers[0],
      remark: '同意',
    });
}
