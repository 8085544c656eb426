import { systemViewer } from '@shigang/server';
import { approvalRemarks } from '@shigang/shared';
import type { DecisionHouse } from '../harness/decision-house.ts';
import { booksOf, reached, storedState } from '../harness/decision-state.ts';
import type { FaultKind } from '../harness/test-dingtalk.ts';
import { until } from '../harness/until.ts';
import { pass } from './decision-commands.ts';
import { decidedCompany, ROUTE_CALLS, type DecidedCompany } from './decided-company.ts';
import { brokenInvariants } from './decision-invariants.ts';
import {
  agreeToAll,
  answerOffers,
  passDay,
  publish,
  reachTheDay,
  STORY_TEAM,
  takeBack,
  tellStory,
  work,
} from './decision-story.ts';
import { fileOf, linesOf, offerAgain, peopleList, resend } from './hr-desk.ts';

const SYSTEM = systemViewer('test');

/*
 * DingTalk misbehaves on one call of the route without end. Nothing is untrue and nothing goes twice, HR reads what is
 * missing and why; and once the trouble is over, HR's next act or the next night brings it right, once.
 */

const SLOW = 300_000;
const HOUR_MS = 3_600_000;
const MIDNIGHT = Date.parse('2026-10-13T00:05:00+08:00');
/** Refused for want of a permission; or an answer that leaves it open whether the call was carried out, of two kinds. */
const DENIED_OR_BUSY: readonly FaultKind[] = ['denied', 'busy'];
const DENIED_OR_BROKEN: readonly FaultKind[] = ['denied', 'http500'];
const OPEN_STREAM = 'POST /v1.0/gateway/connections/open';
const PEOPLE = STORY_TEAM.map((person) => person.userId);

type Reached = Record<string, string[]>;

let company: DecidedCompany;
let undisturbed: Reached;
let stored: Record<string, string[]>;

beforeAll(async () => {
  company = await decidedCompany();
  [undisturbed, stored] = await company.tell(async (house) => {
    await tellStory(house);
    return [reached(await booksOf(house.dingtalk)), await storedState(house.db)];
  });
}, SLOW);

const reachedBy = async ({ dingtalk }: DecisionHouse): Promise<Reached> => reached(await booksOf(dingtalk));

/** How many cards came to each person of the cycle. */
const cardsOf = ({ notices = [] }: Reached): Record<string, number> =>
  Object.fromEntries(
    PEOPLE.map((userId) => [userId, notices.filter((card) => card.startsWith(`[["${userId}"]`)).length]),
  );

/** What holds at every moment, however long the trouble lasts. */
const expectNothingBroken = async (house: DecisionHouse): Promise<void> =>
  expect(await brokenInvariants(house)).toEqual([]);

/** The next night: DingTalk is asked what was missed, then the day begins. */
async function passNight(house: DecisionHouse): Promise<void> {
  await pass(house, Math.max(MIDNIGHT - house.dingtalk.clock.now(), 0));
  await house.modules.approval.reconcile(SYSTEM);
  await passDay(house);
}

/** Both agree, and the day of the change comes: as the undisturbed story ends. */
async function agreeUntilTheDay(house: DecisionHouse): Promise<void> {
  await agreeToAll(house);
  await work(house);
  await reachTheDay(house);
}

/** Approvals, to-dos and transfers are those of a story without trouble. */
async function expectEndAsUndisturbed(house: DecisionHouse): Promise<void> {
  await expectNothingBroken(house);
  const { notices: _, ...end } = await reachedBy(house);
  const { notices: __, ...expected } = undisturbed;
  expect(end).toEqual(expected);
}

describe('notices', () => {
  test.each<FaultKind>([...DENIED_OR_BUSY, 'undelivered'])(
    '%s: those that did not arrive are on the list, and HR sends them in other words',
    (kind) =>
      company.tell(async (house) => {
        await house.dingtalk.fault(ROUTE_CALLS.sendNotice, kind);
        await publish(house);
        await answerOffers(house);
        await expectNothingBroken(house);
        expect((await reachedBy(house))['notices']).toEqual([]);
        const list = await peopleList(house);
        expect(PEOPLE.filter((userId) => !list[userId]?.isNoticeTroubled)).toEqual([]);
        expect(await linesOf(house, 'zhangsan', '通知')).toContainEqual(
          expect.stringMatching(/没有送达|已查不到/),
        );
        // An approval that waits for the notice says so.
        expect((await fileOf(house, 'xuqiang')).change).toMatchObject({
          missing: ['notice'],
          approval: { state: 'waiting' },
        });

        await house.dingtalk.clearFaults();
        for (const userId of PEOPLE) {
          expect((await fileOf(house, userId)).notices.at(-1)?.mayResend).toBe(true);
          await resend(house, userId);
        }
        await work(house);
        await takeBack(house);
        await agreeUntilTheDay(house);
        await expectEndAsUndisturbed(house);
        expect(cardsOf(await reachedBy(house))).toEqual(cardsOf(undisturbed));
      }),
    SLOW,
  );
});

describe('the start of approvals', () => {
  test.each(DENIED_OR_BROKEN)(
    '%s: they come back to HR with the reason, and are offered again',
    (kind) =>
      company.tell(async (house) => {
        await house.dingtalk.fault(ROUTE_CALLS.startApproval, kind);
        await publish(house);
        await pass(house, HOUR_MS);
        await house.modules.approval.reconcile(SYSTEM);
        await work(house);
        await expectNothingBroken(house);
        expect((await reachedBy(house))['approvals']).toEqual([]);
        const reason = kind === 'denied' ? approvalRemarks.refusedStart : approvalRemarks.neverStarted;
        for (const userId of ['zhangsan', 'wangwu']) {
          expect((await peopleList(house))[userId]?.change).toBe('returned');
          expect(await fileOf(house, userId)).toMatchObject({
            change: { returnedWhy: 'withdrawn', returnedRemark: expect.stringContaining(reason) },
            may: { offerAgain: true },
          });
        }

        await house.dingtalk.clearFaults();
        for (const userId of ['zhangsan', 'wangwu']) await offerAgain(house, userId, 'transition');
        await work(house);
        await answerOffers(house);
        await takeBack(house);
        await agreeUntilTheDay(house);
        await expectEndAsUndisturbed(house);
        const cards = cardsOf(undisturbed);
        // Each offer tells the person, and each is another one.
        const again = { zhangsan: (cards['zhangsan'] ?? 0) + 1, wangwu: (cards['wangwu'] ?? 0) + 1 };
        expect(cardsOf(await reachedBy(house))).toEqual({ ...cards, ...again });
      }),
    SLOW,
  );
});

describe('to-dos', () => {
  const MISSING = '培训待办没有发给本人';

  test.each(DENIED_OR_BUSY)(
    '%s: the file says that the person has none, and the next night sends it',
    (kind) =>
      company.tell(async (house) => {
        await house.dingtalk.fault(ROUTE_CALLS.createTodo, kind);
        await publish(house);
        await expectNothingBroken(house);
        expect((await reachedBy(house))['todos']).toEqual([]);
        expect(await linesOf(house, 'lisi', MISSING)).toEqual([
          expect.stringMatching(new RegExp(`^${MISSING} · .*钉钉`)),
        ]);
        await passNight(house);
        expect(await linesOf(house, 'lisi', MISSING)).toHaveLength(1);

        await house.dingtalk.clearFaults();
        await passDay(house);
        await passDay(house);
        expect((await reachedBy(house))['todos']).toHaveLength(1);
        expect(await linesOf(house, 'lisi', MISSING)).toEqual([]);
        await answerOffers(house);
        await takeBack(house);
        await agreeUntilTheDay(house);
        await expectEndAsUndisturbed(house);
        expect(cardsOf(await reachedBy(house))).toEqual(cardsOf(undisturbed));
      }),
    SLOW,
  );
});

describe('the withdrawal of an approval', () => {
  const NOT_WITHDRAWN = '转岗审批没能撤回';

  test.each(DENIED_OR_BROKEN)(
    '%s: the file says who could still agree, and the next night takes it back',
    (kind) =>
      company.tell(async (house) => {
        await house.dingtalk.fault(ROUTE_CALLS.terminate, kind);
        await publish(house);
        await answerOffers(house);
        await takeBack(house);
        await expectNothingBroken(house);
        expect(await linesOf(house, 'wangwu', NOT_WITHDRAWN)).toEqual([
          expect.stringMatching(new RegExp(`^${NOT_WITHDRAWN}，还在等.+处理 · .*钉钉`)),
        ]);
        await passNight(house);
        expect(await linesOf(house, 'wangwu', NOT_WITHDRAWN)).toHaveLength(1);

        await house.dingtalk.clearFaults();
        await passNight(house);
        expect(await linesOf(house, 'wangwu', NOT_WITHDRAWN)).toEqual([]);
        expect(await linesOf(house, 'wangwu', '转岗审批已撤回')).toHaveLength(1);
        await agreeUntilTheDay(house);
        await expectEndAsUndisturbed(house);
        expect(cardsOf(await reachedBy(house))).toEqual(cardsOf(undisturbed));
      }),
    SLOW,
  );
});

describe('transfers', () => {
  const FAILED = '花名册调岗没有成功，需要在钉钉里手工调整';

  test.each(DENIED_OR_BUSY)(
    '%s: the role changes on its day, the file says that the roster does not, and nothing is moved behind HR’s back',
    (kind) =>
      company.tell(async (house) => {
        await house.dingtalk.fault(ROUTE_CALLS.transfer, kind);
        await tellStory(house);
        await expectNothingBroken(house);
        expect((await peopleList(house))['zhangsan']?.change).toBe('effective');
        expect(await linesOf(house, 'zhangsan', FAILED)).toEqual([
          expect.stringMatching(new RegExp(`^${FAILED} · .*钉钉`)),
        ]);

        await house.dingtalk.clearFaults();
        await passNight(house);
        await expectNothingBroken(house);
        expect(await reachedBy(house)).toEqual({ ...undisturbed, transfers: [] });
      }),
    SLOW,
  );
});

describe('the Stream', () => {
  test.each(DENIED_OR_BROKEN)(
    '%s: what nobody told is found out, and events come in once it opens',
    (kind) =>
      company.tell(
        async (house) => {
          const { platform, modules, dingtalk } = house;
          await dingtalk.fault(OPEN_STREAM, kind);
          const stream = platform.dingtalk.openStream((event) => modules.inboxReader.receive(event), {
            pausesMs: [100],
          });
          try {
            await publish(house);
            await answerOffers(house);
            await takeBack(house);
            await agreeToAll(house);
            await work(house);
            // Nobody has said yet that the manager agreed: that is what HR reads.
            expect((await fileOf(house, 'zhangsan')).change).toMatchObject({
              state: 'open',
              approval: { state: 'running' },
            });
            await modules.approval.reconcile(SYSTEM);
            await work(house);
            await reachTheDay(house);
            await expectNothingBroken(house);
            expect(await reachedBy(house)).toEqual(undisturbed);
            expect({ ...(await storedState(house.db)), inbox: [] }).toEqual({ ...stored, inbox: [] });

            await dingtalk.clearFaults();
            await until('the Stream', async () => {
              const { connections } = await dingtalk.control<{ connections: unknown[] }>('/events');
              return connections.length > 0 ? true : undefined;
            });
            await work(house);
            await expectNothingBroken(house);
            expect(await reachedBy(house)).toEqual(undisturbed);
          } finally {
            await stream.close();
          }
        },
        { isDeaf: true },
      ),
    SLOW,
  );
});
