import { demoOrg } from '@shigang/simulator';
import { copyDatabase } from '../harness/databases/database-copy.ts';
import {
  decideAll,
  houseOver,
  preparedDatabase,
  STARTS_AT,
  type DecisionHouse,
} from '../harness/decision-house.ts';
import { startTestDingTalk, type TestDingTalk } from '../harness/test-dingtalk.ts';
import { removeKeys, testRedis } from '../harness/test-redis.ts';
import { openEvents } from './decision-events.ts';
import { STORY_TEAM } from './decision-story.ts';

/** A company in which everybody of the story is decided and nothing is published yet, to tell from again and again. */
export interface DecidedCompany {
  /** Tells a story in a fresh house. `isDeaf`: without the Stream, which the story may open itself. */
  tell<Result>(
    story: (house: DecisionHouse) => Promise<Result>,
    options?: { readonly isDeaf?: boolean },
  ): Promise<Result>;
}

/** Prepares the company once; its houses share one database, so one story is told at a time. */
export async function decidedCompany(): Promise<DecidedCompany> {
  const db = await preparedDatabase(STORY_TEAM);
  const redis = await testRedis();
  const open = (): Promise<TestDingTalk> => startTestDingTalk({ db, redis, org: demoOrg(), now: STARTS_AT });
  await decideAll(await houseOver(db, redis, await open()), STORY_TEAM);
  const copy = await copyDatabase(db);
  return {
    tell: async (story, { isDeaf = false } = {}) => {
      await removeKeys(redis.client, redis.prefix);
      await copy.restore();
      const dingtalk = await open();
      const house = await houseOver(db, redis, dingtalk);
      const events = isDeaf ? null : await openEvents(house);
      try {
        return await story(house);
      } finally {
        await events?.close();
        await dingtalk.simulator.close();
      }
    },
  };
}

/** Every call of the decision's route, reads included. */
export const ROUTE_CALLS = {
  sendNotice: 'POST /topapi/message/corpconversation/asyncsend_v2',
  noticeResult: 'POST /topapi/message/corpconversation/getsendresult',
  saveForm: 'POST /v1.0/workflow/forms',
  startApproval: 'POST /v1.0/workflow/processInstances',
  readApproval: 'GET /v1.0/workflow/processInstances',
  listApprovals: 'POST /v1.0/workflow/processes/instanceIds/query',
  terminate: 'POST /v1.0/workflow/processInstances/terminate',
  person: 'POST /topapi/v2/user/get',
  transfer: 'POST /v1.0/hrm/processes/transfer',
  createTodo: 'POST /v1.0/todo/users/{unionId}/tasks',
  listTodos: 'POST /v1.0/todo/users/{unionId}/org/tasks/query',
  removeTodo: 'DELETE /v1.0/todo/users/{unionId}/tasks/{taskId}',
} as const;
