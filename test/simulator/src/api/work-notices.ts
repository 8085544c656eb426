import type { Delivery } from '../books/notices.ts';
import { THRESHOLDS } from '../books/notices.ts';
import type { World } from '../world.ts';
import { invalidArgument, OldApiError } from './gateway/answer-errors.ts';
import { commaList, integer, isTrue } from './gateway/parameters.ts';
import type { ApiCall, ApiRoute } from './gateway/route.ts';
import { topapi } from './gateway/route.ts';
import { checkMessage } from './work-notice-content.ts';

const PATH = '/topapi/message/corpconversation';
const MOST_USERS = 100;
const MOST_DEPARTMENTS = 20;
/** The result of a message to more people than this never comes: the call times out. */
const MOST_FOR_RESULT = 100;
/** A message is on its way for this long (real time) before its progress says done. */
const SENDING_MS = 150;

const metered = (path: string, answer: ApiRoute['answer']): ApiRoute => ({
  ...topapi(`${PATH}/${path}`, 'qyapi_base', '通知', answer),
  metered: true,
});

function checkAgent(world: World, { body }: ApiCall, otherwise: () => Error): number {
  const agentId = integer(body, 'agent_id');
  if (agentId !== world.credentials.agentId) throw otherwise();
  return agentId;
}

/** @returns everybody the message is for, each once; unknown ids included, unknown departments left out */
function recipients(world: World, { body }: ApiCall): string[] {
  const users = commaList(body, 'userid_list');
  const departments = commaList(body, 'dept_id_list');
  if (users === undefined || departments === undefined) throw invalidArgument();
  if (users.length > MOST_USERS || departments.length > MOST_DEPARTMENTS) throw invalidArgument();
  if (isTrue(body.to_all_user)) {
    if (!world.books.notices.takeToAll()) throw new OldApiError(41045, '单应用全员消息/每天总量超限');
    return world.directory.present().map((person) => person.userid);
  }
  if (users.length === 0 && departments.length === 0) throw invalidArgument();
  const below = new Set(departments.flatMap((id) => [...world.directory.subtree(Number(id))]));
  const members = world.directory
    .present()
    .filter((person) => person.departments.some((id) => below.has(id)))
    .map((person) => person.userid);
  return [...new Set([...users, ...members])];
}

function found(world: World, call: ApiCall, name: string, otherwise: () => Error) {
  const agentId = checkAgent(world, call, otherwise);
  const taskId = integer(call.body, name);
  const notice = taskId === undefined ? undefined : world.books.notices.find(agentId, taskId);
  if (notice === undefined) throw otherwise();
  return notice;
}

function resultOf(world: World, call: ApiCall) {
  const notice = found(world, call, 'task_id', invalidArgument);
  if (notice.deliveries.size > MOST_FOR_RESULT) throw new OldApiError(15, 'remote service timeout');
  const users = (wanted: (delivery: Delivery) => boolean): string[] =>
    [...notice.deliveries].filter(([, delivery]) => wanted(delivery)).map(([userid]) => userid);
  const arrived = users((delivery) => delivery === 'delivered');
  const forbidden = [...notice.deliveries].filter(([, delivery]) => typeof delivery === 'number');
  const hidden =
    forbidden.length === 0 ? world.variation.form<unknown[] | undefined>([], undefined) : undefined;
  return {
    send_result: {
      invalid_user_id_list: users((delivery) => delivery === 'invalid'),
      forbidden_user_id_list: forbidden.length === 0 ? hidden : forbidden.map(([userid]) => userid),
      failed_user_id_list: users((delivery) => delivery === 'failed'),
      read_user_id_list: arrived.filter((userid) => notice.readBy.has(userid)),
      unread_user_id_list: arrived.filter((userid) => !notice.readBy.has(userid)),
      invalid_dept_id_list: [],
      forbidden_list:
        forbidden.length === 0
          ? hidden
          : forbidden.map(([userid, code]) => ({
              code: String(code),
              count: THRESHOLDS[code as number] ?? 0,
              userid,
            })),
    },
  };
}

/** Work notices: sending is accepted at once, what became of it is told by the result. */
export const workNoticeRoutes: ApiRoute[] = [
  metered('asyncsend_v2', (world, call) => {
    const agentId = checkAgent(world, call, () => new OldApiError(40056, '不合法的agentid'));
    const content = checkMessage(call.body.msg);
    const userids = recipients(world, call);
    const taskId = world.books.notices.send({ agentId, userids, content, isUndelivered: call.isUndelivered });
    return { task_id: taskId };
  }),
  metered('getsendprogress', (world, call) => {
    const notice = found(world, call, 'task_id', invalidArgument);
    const isDone = world.clock.real() - notice.sentAt >= SENDING_MS;
    return { progress: { progress_in_percent: isDone ? 100 : 50, status: isDone ? 2 : 1 } };
  }),
  metered('getsendresult', resultOf),
  metered('recall', (world, call) => {
    const wrong = () => new OldApiError(400002, 'agentId不合法或taskId不合法');
    world.books.notices.recall(found(world, call, 'msg_task_id', wrong));
    return {};
  }),
];
