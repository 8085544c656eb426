import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { createLog } from '@shigang/server';
import { createTestDatabase, proofTimeout, testRedis, VirtualClock } from '@shigang/test';
import { DingTalkError } from './calling/errors.ts';
import { createDingTalk, type DingTalkRun } from './gateway.ts';

/** Real servers on a machine that may be busy. */
jest.setTimeout(60_000);

/*
 * Whatever DingTalk answers, a call ends in typed fields or in a DingTalkError: fields missing, of another type, lists
 * that are objects. A server of ours gives the answers, each made from a well-formed one by a seeded change.
 */
const RUNS = 40;
const SEED = 20261012;

let server: Server;
let run: DingTalkRun;
let answer: unknown;
let tried = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    const isToken = request.url?.startsWith('/v1.0/oauth2/accessToken') ?? false;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(isToken ? { accessToken: 'token', expireIn: 7_200 } : answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const redis = await testRedis();
  run = createDingTalk({
    config: {
      corpId: 'c',
      clientId: 'id',
      clientSecret: 's',
      agentId: '1',
      robotCode: 'id',
      apiBase: base,
      oapiBase: base,
    },
    redis: redis.client,
    redisPrefix: redis.prefix,
    db: await createTestDatabase(),
    clock: new VirtualClock(),
    log: createLog('silent', 'test'),
    timing: { hiccupPausesMs: [0, 0, 0], throttlePauseMs: 0, minutePauseMs: 0, spacingMs: 0 },
  }).for('sync');
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  process.stdout.write(`malformed answers tried: ${tried}\n`);
});

const member = {
  userid: 'a',
  unionid: 'u',
  name: '张三',
  title: '',
  job_number: '1',
  dept_id_list: [11],
  hired_date: 1,
  active: true,
};
/** A well-formed answer of each read, and the read. */
const READS: Record<string, [object, (run: DingTalkRun) => Promise<unknown>]> = {
  subDepartments: [
    { errcode: 0, result: [{ dept_id: 11, name: '一部', parent_id: 1 }] },
    (r) => r.contact.subDepartments(1),
  ],
  department: [
    { errcode: 0, result: { dept_id: 1, name: '公司', dept_manager_userid_list: ['a'] } },
    (r) => r.contact.department(1),
  ],
  members: [{ errcode: 0, result: { has_more: false, list: [member] } }, (r) => r.contact.members(11)],
  person: [
    {
      errcode: 0,
      result: { userid: 'a', manager_userid: 'b', dept_position_list: [{ dept_id: 11, is_main: true }] },
    },
    (r) => r.contact.person('a'),
  ],
  roles: [
    { errcode: 0, result: { hasMore: false, list: [{ name: 'g', roles: [{ id: 1, name: 'HR' }] }] } },
    (r) => r.contact.roles(),
  ],
  roleMembers: [
    { errcode: 0, result: { hasMore: false, list: [{ userid: 'a', name: 'A' }] } },
    (r) => r.contact.roleMembers(1),
  ],
  onJob: [{ errcode: 0, result: { data_list: ['a'] } }, (r) => r.roster.onJob()],
  values: [
    {
      result: [
        {
          userId: 'a',
          fieldDataList: [{ fieldCode: 'sys00-name', fieldValueList: [{ value: 'A', label: 'A' }] }],
        },
      ],
    },
    (r) => r.roster.values(['a']),
  ],
  dismissedIds: [{ hasMore: false, nextToken: 0, userIdList: ['a'] }, (r) => r.roster.dismissedIds()],
  dismissions: [
    {
      result: [
        {
          userId: 'a',
          lastWorkDay: 1,
          deptList: [{ dept_id: 1, dept_path: 'x' }],
          status: 2,
          voluntaryReason: ['x'],
        },
      ],
    },
    (r) => r.roster.dismissions(['a']),
  ],
  leaveRecords: [
    { records: [{ userId: 'a', name: 'A', leaveTime: '2026-01-06T11:47:37Z' }] },
    (r) => r.roster.leaveRecords(0, 1),
  ],
  sendCard: [
    { errcode: 0, task_id: 256_271_667_526 },
    (r) => r.messages.sendCard('a', { title: 't', markdown: 'm', buttonTitle: 'b', buttonUrl: 'https://x' }),
  ],
  delivery: [
    {
      errcode: 0,
      send_result: { read_user_id_list: [], forbidden_list: [{ code: '143106', count: 1, userid: 'a' }] },
    },
    (r) => r.messages.delivery('1', 'a'),
  ],
  saveForm: [
    { result: { processCode: 'PROC-1' } },
    (r) => r.approvals.saveForm({ name: 'f', description: 'd', fields: [{ label: 'a', kind: 'date' }] }),
  ],
  codeOfForm: [{ result: { processCode: 'PROC-1' } }, (r) => r.approvals.codeOfForm('f')],
  start: [
    { instanceId: 'i-1' },
    (r) =>
      r.approvals.start({
        processCode: 'PROC-1',
        starterUserId: 'a',
        approverUserId: 'b',
        values: [{ name: 'a', value: '2026-10-12' }],
      }),
  ],
  readApproval: [
    {
      success: 'true',
      result: {
        status: 'COMPLETED',
        result: 'agree',
        originatorUserId: 'a',
        formComponentValues: [{ name: 'a', value: '2026-10-12' }],
        tasks: [{ taskId: 1, userId: 'b', status: 'COMPLETED', result: 'AGREE' }],
        operationRecords: [{ userId: 'b', type: 'EXECUTE_TASK_NORMAL', result: 'AGREE', remark: '可以' }],
      },
    },
    (r) => r.approvals.read('i-1'),
  ],
  approvalIds: [
    { success: true, result: { list: ['i-1'], nextToken: '' } },
    (r) => r.approvals.listIds({ processCode: 'PROC-1', fromMs: 0, statuses: ['RUNNING'] }),
  ],
  transfer: [
    { result: true },
    (r) =>
      r.hrProcess
        .transfer({ userId: 'a', deptId: 11, positionName: '售前', operatorUserId: 'b' })
        .then(() => 'done'),
  ],
  createTodo: [
    { id: 't-1', subject: 's', done: false },
    (r) =>
      r.todos.create({
        creatorUnionId: 'u/1',
        executorUnionId: 'u+2',
        subject: 's',
        description: 'd',
        dueAtMs: 1,
        sourceId: 'x',
        url: 'https://x',
      }),
  ],
  personByCode: [{ errcode: 0, result: { userid: 'a', unionid: 'u' } }, (r) => r.login.personByCode('code')],
};

const anyValue = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.string({ maxLength: 5 }),
  fc.boolean(),
  fc.constant([]),
  fc.constant({}),
  fc.constant([[null, 1, 'x', {}]]),
  fc.constant([null, 1, {}]),
);

/** Every place inside a value, as a path of keys. */
function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

function changed(value: unknown, path: readonly (string | number)[], to: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  if (rest.length === 0 && to === undefined) delete copy[key];
  else copy[key] = changed(copy[key], rest, to);
  return copy;
}

test.each(Object.entries(READS))(
  '%s: well-formed is accepted, malformed never crashes',
  async (_name, [wellFormed, read]) => {
    answer = wellFormed;
    await expect(read(run)).resolves.toBeDefined();
    const places = placesIn(wellFormed).filter((path) => path.length > 0);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.option(anyValue, { nil: undefined }),
        async (path, to) => {
          answer = changed(wellFormed, path, to);
          tried += 1;
          await read(run).catch((error: unknown) => {
            if (!(error instanceof DingTalkError)) throw error;
          });
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
  },
  proofTimeout(60_000),
);
