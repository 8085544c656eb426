import { pruneOutbox, operatorViewer, systemViewer, type App, type Viewer } from '@shigang/server';
import { runDay } from '../../../jobs/src/schedule/day.ts';
import { runNight } from '../../../jobs/src/schedule/night.ts';
import {
  cycleCard,
  decisionCard,
  teamSummary,
  type DecisionNoticePayload,
  type TeamSummaryPayload,
} from '../../../server/src/modules/notice/index.ts';
import {
  CYCLE_REF,
  DECISION_CYCLE,
  DECISION_PERIOD,
  HR,
  HR_ADMIN,
  MANAGER,
  MODEL_ROLE,
  type DecisionHouse,
} from '../harness/decision-house.ts';
import { booksOf } from '../harness/decision-state.ts';
import { askRoute } from './ask-route.ts';
import { decidedCompany, ROUTE_CALLS, type DecidedCompany } from './decided-company.ts';
import { pass } from './decision-commands.ts';
import { resend } from './hr-desk.ts';
import {
  agreeToAll,
  answerOffers,
  publish,
  reachTheDay,
  STORY_TEAM,
  takeBack,
  work,
} from './decision-story.ts';

const SYSTEM = systemViewer('test');

/*
 * The outbox is post, not memory: once everything that was sent or taken back is deleted from it, however young, every
 * screen, list and file says byte for byte what it said before, and whatever is asked for again is not sent again.
 */

const SLOW = 300_000;
const PEOPLE = STORY_TEAM.map((person) => person.userId);
const READERS = [...PEOPLE, MANAGER, HR, HR_ADMIN];
const METRIC = 'satisfaction_avg';
const DAY_MS = 86_400_000;

let company: DecidedCompany;
beforeAll(async () => {
  company = await decidedCompany();
}, SLOW);

/** A story with trouble of each kind in it, to its end. */
async function tell(house: DecisionHouse): Promise<void> {
  await house.dingtalk.fault(ROUTE_CALLS.sendNotice, 'undelivered', 2);
  await house.dingtalk.fault(ROUTE_CALLS.createTodo, 'denied', 1);
  await publish(house);
  await answerOffers(house);
  await house.dingtalk.fault(ROUTE_CALLS.terminate, 'denied');
  await takeBack(house);
  await house.dingtalk.clearFaults();
  await agreeToAll(house);
  await work(house);
  await house.modules.approval.reconcile(SYSTEM);
  await work(house);
  await reachTheDay(house);
}

/** Whose data is asked for, where an endpoint asks about a person; HR's questions go through all of them. */
async function answersOf(house: DecisionHouse): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  const note = async (name: string, answer: Promise<unknown>): Promise<void> => {
    const text = await answer.then(
      (value) => JSON.stringify(value),
      (error: Error & { code?: string }) => error.code ?? error.message,
    );
    answers[name] = text;
  };
  const reads = house.routes.map(({ contract }) => contract).filter(({ method }) => method === 'GET');
  const query = { period: DECISION_PERIOD, metric: METRIC, role: MODEL_ROLE };
  for (const reader of READERS)
    for (const { path } of reads)
      for (const userId of path.includes('{userId}') ? PEOPLE : [''])
        await note(
          `${reader}: GET ${path} ${userId}`,
          askRoute(house, reader, {
            route: `GET ${path}`,
            params: { cycleId: DECISION_CYCLE, userId },
            query,
          }),
        );
  const operator = operatorViewer('tester');
  const { review, cycle, incentive } = house.modules;
  for (const viewer of [operator, await house.viewer(HR), await house.viewer(MANAGER)] as Viewer[]) {
    await note(`${viewer.actor}: cycle list`, review.show(viewer, CYCLE_REF));
    await note(`${viewer.actor}: cycle list --out`, review.tierList(viewer, CYCLE_REF));
    for (const userId of PEOPLE) {
      const subject = { userId, period: DECISION_PERIOD, role: MODEL_ROLE };
      await note(`${viewer.actor}: explain match ${userId}`, cycle.explain(viewer, subject));
      await note(`${viewer.actor}: explain incentive ${userId}`, incentive.explain(viewer, subject));
    }
  }
  await note('cycle close', review.close(operator, CYCLE_REF));
  return answers;
}

const count = async ({ db }: DecisionHouse, what: string): Promise<number> => {
  const [row] = await db.select<{ n: number }>(`SELECT COUNT(*) AS n FROM ${what}`);
  return Number(row?.n);
};
const pruneAll = ({ db, dingtalk }: DecisionHouse): Promise<number> =>
  pruneOutbox(db, dingtalk.clock.real() + 1);

test(
  'every screen, list and file says the same after all that was sent is deleted',
  () =>
    company.tell(async (house) => {
      await tell(house);
      // Opening a page may prove that a notice arrived: what is compared is what it says from then on.
      await answersOf(house);
      await work(house);
      const before = await answersOf(house);
      const spoken = Object.values(before).filter(
        (answer) => answer.startsWith('{') || answer.startsWith('['),
      );
      expect(spoken.length).toBeGreaterThan(Object.keys(before).length / 3);
      expect(before['zhangsan: GET /me/development ']).toContain('timeline');

      const rows = await count(house, 'outbox');
      const kept = await count(house, "outbox WHERE state NOT IN ('sent', 'cancelled')");
      expect(await pruneAll(house)).toBe(rows - kept);
      expect(await count(house, 'outbox')).toBe(kept);
      expect(rows - kept).toBeGreaterThan(20);

      const after = await answersOf(house);
      expect(after).toEqual(before);
    }),
  SLOW,
);

test(
  'what is asked for again after its post was deleted is not sent again',
  () =>
    company.tell(async (house) => {
      await tell(house);
      await pruneAll(house);
      const { modules, db } = house;
      const books = JSON.stringify(await booksOf(house.dingtalk));
      const rows = await count(house, 'outbox');
      const told = await db.select<{ kind: string; payload: string }>('SELECT kind, payload FROM notices');
      const of = <Payload>(kind: string): Payload[] =>
        told.filter((one) => one.kind === kind).map(({ payload }) => JSON.parse(payload) as Payload);
      const plans = await db.select<{ decisionId: string; userId: string }>(
        'SELECT decision_id AS decisionId, user_id AS userId FROM training_plans',
      );
      const changes = await db.select<{ decisionId: string; userId: string }>(
        'SELECT decision_id AS decisionId, user_id AS userId FROM role_changes',
      );
      expect([told.length, plans.length, changes.length].every((n) => n > 0)).toBe(true);
      await db.transaction(async (tx) => {
        await modules.notice.tell(tx, decisionCard, of<DecisionNoticePayload>(decisionCard.kind));
        await modules.notice.tell(tx, teamSummary, of<TeamSummaryPayload>(teamSummary.kind));
        await modules.notice.tell(tx, cycleCard, of<TeamSummaryPayload>(cycleCard.kind));
        for (const { decisionId, userId } of plans)
          await modules.development.plan(tx, [
            {
              ...{
                decisionId,
                userId,
                cycleId: DECISION_CYCLE,
                decidedBy: HR,
                plannedOn: '2026-10-12' as never,
              },
              courses: [{ course: '再来一次', dimensionId: 'x', dimensionName: 'x' }],
            },
          ]);
        for (const { decisionId, userId } of changes) {
          const one = { decisionId, userId, cycleId: DECISION_CYCLE };
          await modules.approval.ask(tx, [
            {
              ...{
                ...one,
                fromRole: 'small_account',
                toRole: 'large_account',
                decidedBy: HR,
                isGated: false,
              },
              ...{ consentText: '再来一次', planName: null, reason: null },
            },
          ]);
          await modules.approval.withdraw(tx, decisionId, '再来一次');
          await modules.development.cancel(tx, decisionId);
        }
        for (const { decisionId, userId, toRole } of await tx.select<{
          decisionId: string;
          userId: string;
          toRole: 'large_account';
        }>('SELECT decision_id AS decisionId, user_id AS userId, to_role AS toRole FROM roster_transfers'))
          await modules.approval.transfer(tx, { decisionId, userId, toRole, cycleId: DECISION_CYCLE });
      });
      await modules.review.publish(await house.viewer(HR_ADMIN), CYCLE_REF);
      await modules.approval.reconcile(SYSTEM);
      await runDay({ modules, log: house.platform.log });
      expect(await count(house, 'outbox')).toBe(rows);
      await work(house);
      expect(JSON.stringify(await booksOf(house.dingtalk))).toBe(books);
    }),
  SLOW,
);

test(
  'a notice that did not arrive is sent again in other words after its post was deleted',
  () =>
    company.tell(async (house) => {
      await house.dingtalk.fault(ROUTE_CALLS.sendNotice, 'undelivered');
      await publish(house);
      await house.dingtalk.clearFaults();
      await pruneAll(house);
      const before = (await booksOf(house.dingtalk)).notices.length;
      await resend(house, 'lisi');
      await work(house);
      const arrived = (await booksOf(house.dingtalk)).notices.slice(before);
      expect(arrived.map(({ recipients, delivery }) => [recipients.join(), delivery])).toEqual([
        ['lisi', 'delivered'],
      ]);
    }),
  SLOW,
);

test(
  'every night deletes what was sent longer ago than the setting says',
  () =>
    company.tell(async (house) => {
      await house.modules.settings.applySettings(operatorViewer('tester'), { outboxKeepDays: 2 });
      await publish(house);
      const sent = (): Promise<number> => count(house, "outbox WHERE state = 'sent'");
      const before = await sent();
      expect(before).toBeGreaterThan(10);
      await runNight(house.platform as App);
      expect(await sent()).toBe(before);
      await pass(house, 3 * DAY_MS);
      await runNight(house.platform as App);
      expect(await sent()).toBe(0);
    }),
  SLOW,
);
