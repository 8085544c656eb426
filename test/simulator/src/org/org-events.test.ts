import { DingTalkCaller } from '../testing/dingtalk-caller.ts';

interface Told {
  type: string;
  data: Record<string, unknown>;
}

let caller: DingTalkCaller;
let seen = 0;
beforeAll(async () => {
  caller = await DingTalkCaller.start();
});
afterAll(() => caller.simulator.close());

/** @returns what was told since the last look */
async function told(): Promise<Told[]> {
  const { events } = (await caller.control('GET', '/events')).body as unknown as { events: Told[] };
  const news = events.slice(seen).map(({ type, data }) => ({ type, data }));
  seen = events.length;
  return news;
}
const change = (op: string, fields: object) => caller.control('POST', '/org', { op, ...fields });
const timeStamp = expect.stringMatching(/^\d{13}$/) as string;

describe('what the app is told', () => {
  test('somebody new, today or on a day to come', async () => {
    await change('hire', { employee: { userid: 'new01', name: '新人', departments: [11] } });
    expect(await told()).toEqual([
      { type: 'user_add_org', data: { timeStamp, userId: ['new01'] } },
      { type: 'hrm_mdm_user_change', data: { changeType: 1, staffId: 'new01' } },
    ]);
    await change('hire', {
      employee: { userid: 'new02', name: '后来', departments: [11], hiredOn: '2026-10-14' },
    });
    expect(await told()).toEqual([]);
    await caller.control('POST', '/clock', { now: '2026-10-14T09:00+08:00' });
    expect(await told()).toMatchObject([{ type: 'user_add_org', data: { userId: ['new02'] } }, {}]);
  });

  test('somebody changed: what it was and what it is', async () => {
    await change('change', { employee: { userid: 'lisi', manager: 'mgr02', jobNumber: null } });
    expect(await told()).toEqual([
      {
        type: 'user_modify_org',
        data: {
          timeStamp,
          diffInfo: {
            prev: { name: '李四', jobNumber: 'S003', hiredDate: '2022-03-07', managerUserid: 'mgr01' },
            curr: { name: '李四', hiredDate: '2022-03-07', managerUserid: 'mgr02' },
            userid: 'lisi',
          },
          userId: ['lisi'],
        },
      },
      { type: 'hrm_user_record_change', data: { actionType: 'userInfoChange', staffId: 'lisi' } },
    ]);
  });

  test('somebody who leaves, at once or after the last day, and comes back', async () => {
    await change('leave', { employee: { userid: 'lisi' } });
    expect(await told()).toEqual([
      { type: 'user_leave_org', data: { timeStamp, userId: ['lisi'] } },
      { type: 'hrm_mdm_user_change', data: { changeType: 4, staffId: 'lisi' } },
    ]);
    await change('rehire', { employee: { userid: 'lisi' } });
    expect(await told()).toMatchObject([{ type: 'user_add_org' }, { data: { changeType: 1 } }]);
    await change('leave', { employee: { userid: 'wangwu', leftOn: '2026-10-15' } });
    expect(await told()).toEqual([]);
    await caller.control('POST', '/clock', { advance: 'P2D' });
    expect(await told()).toMatchObject([{ type: 'user_leave_org', data: { userId: ['wangwu'] } }, {}]);
  });

  test('departments, and the role of those who head them', async () => {
    await change('add-department', { department: { id: 30, name: '渠道部', managers: ['zhangsan'] } });
    const [, label] = await told();
    expect(label).toEqual({
      type: 'label_user_change',
      data: { userIdList: ['zhangsan'], action: 'add', labelIdList: [1507113580] },
    });
    await change('change-department', { department: { id: 30, name: '渠道', managers: [] } });
    await change('remove-department', { department: { id: 30 } });
    expect(await told()).toEqual([
      { type: 'org_dept_modify', data: { deptId: [30] } },
      {
        type: 'label_user_change',
        data: { userIdList: ['zhangsan'], action: 'remove', labelIdList: [1507113580] },
      },
      { type: 'org_dept_remove', data: { deptId: [30] } },
    ]);
  });
});

describe('a transfer', () => {
  const transfer = (fields: Record<string, unknown>) =>
    caller.post('/v1.0/hrm/processes/transfer', {
      userId: 'zhangsan',
      deptIdsAfterTransfer: [20],
      mainDeptIdAfterTransfer: 20,
      positionNameAfterTransfer: '大客户经理',
      operateUserId: 'hr01',
      ...fields,
    });

  test.each<[string, Record<string, unknown>, string]>([
    ['nobody', { userId: 'nobody' }, 'invalidParameter'],
    ['a leaver', { userId: 'jinhao' }, 'invalidParameter'],
    ['an unknown department', { deptIdsAfterTransfer: [999] }, 'invalidParameter'],
    ['another main department', { mainDeptIdAfterTransfer: 12 }, 'mainDeptIdInvalid'],
    ['no position', { positionNameAfterTransfer: undefined }, 'invalidParameter'],
    ['a position by id', { positionIdAfterTransfer: '7' }, 'positionIdInvalid'],
    ['a rank by id', { rankIdAfterTransfer: '7' }, 'ranIdInvalid'],
  ])('%s: refused', async (_name, fields, code) => {
    const { status, body } = await transfer(fields);
    expect([status, body.code]).toEqual([400, code]);
  });

  test('changes address book and roster, is told of, and stands in the books', async () => {
    await told();
    expect((await transfer({ positionLevelAfterTransfer: 'P6' })).body).toEqual({ result: true });
    const { body: person } = await caller.post('/topapi/v2/user/get', { userid: 'zhangsan' });
    expect(person.result).toMatchObject({ dept_id_list: [20], title: '大客户经理' });
    const codes = ['sys00-mainDeptId', 'sys00-position', 'sys01-positionLevel'];
    const { body: roster } = await caller.post('/v1.0/hrm/rosters/lists/query', {
      userIdList: ['zhangsan'],
      fieldFilterList: codes,
      appAgentId: caller.simulator.agentId,
    });
    const [{ fieldDataList }] = roster.result as [
      { fieldDataList: { fieldValueList: [{ value: string }] }[] },
    ];
    expect(fieldDataList.map(({ fieldValueList: [{ value }] }) => value)).toEqual(['20', '大客户经理', 'P6']);
    expect((await told()).map(({ type }) => type)).toEqual([
      'user_modify_org',
      'hrm_user_record_change',
      'hrm_mdm_user_change',
    ]);
    const { transfers } = (await caller.control('GET', '/books')).body;
    expect(transfers).toMatchObject([
      { recipients: ['zhangsan'], userId: 'zhangsan', deptId: 20, position: '大客户经理', level: 'P6' },
    ]);
  });
});
