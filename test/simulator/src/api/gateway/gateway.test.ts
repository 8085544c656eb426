import { request } from 'node:http';
import type { FaultKind } from '../../faults/faults.ts';
import { DingTalkCaller } from '../../testing/dingtalk-caller.ts';

let caller: DingTalkCaller;
beforeEach(async () => {
  caller = await DingTalkCaller.start();
});
afterEach(() => caller.simulator.close());

const OLD = '/topapi/v2/department/listsub';
const NEW = '/v1.0/hrm/employees/dismissions';
const arm = (match: string, kind: FaultKind, more: object = {}) =>
  caller.control('POST', '/faults', { match, kind, ...more });

describe('tokens', () => {
  test('both hosts give the same token and renew it', async () => {
    const first = await caller.login();
    const { clientId: appKey, clientSecret: appSecret } = caller.simulator;
    const { body } = await caller.post('/v1.0/oauth2/accessToken', { appKey, appSecret });
    expect(body).toEqual({ accessToken: first, expireIn: 7200 });
    expect(await caller.login()).toBe(first);
  });

  test('wrong or missing credentials', async () => {
    expect((await caller.get('/gettoken?appkey=a&appsecret=b')).body).toMatchObject({ errcode: 40096 });
    expect((await caller.get('/gettoken')).body).toMatchObject({ errcode: 40035 });
    const answer = await caller.post('/v1.0/oauth2/accessToken', { appKey: 'a', appSecret: 'b' });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalidClientIdOrSecret' });
  });

  test('a missing and an unknown token, on both hosts', async () => {
    caller.useToken('');
    expect((await caller.post(OLD)).body).toMatchObject({ errcode: 88, sub_code: '40000' });
    expect((await caller.get(NEW)).body).toMatchObject({ code: 'AuthenticationFailed.MissingParameter' });
    caller.useToken('other');
    expect((await caller.post(OLD)).body).toMatchObject({
      errcode: 88,
      sub_code: '40014',
      errmsg: 'ding talk error[subcode=40014,submsg=不合法的access_token]',
    });
    const answer = await caller.get(NEW);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'InvalidAuthentication' });
  });

  test('a login code stands for the person once', async () => {
    const { body } = await caller.control('POST', '/login', { userId: 'zhangsan' });
    const first = await caller.post('/topapi/v2/user/getuserinfo', { code: body.authCode });
    expect(first.body).toMatchObject({ errcode: 0, result: { userid: 'zhangsan', name: '张三' } });
    const second = await caller.post('/topapi/v2/user/getuserinfo', { code: body.authCode });
    expect(second.body).toMatchObject({ errcode: 40078 });
    expect((await caller.post('/topapi/v2/user/getuserinfo', {})).body).toMatchObject({ errcode: 40078 });
  });

  test('nobody logs in who is not in the address book', async () => {
    expect((await caller.control('POST', '/login', { userId: 'mgr03' })).status).toBe(404);
    const { body } = await caller.control('POST', '/login', { userId: 'zhangsan' });
    await caller.control('POST', '/org', { op: 'leave', employee: { userid: 'zhangsan' } });
    const answer = await caller.post('/topapi/v2/user/getuserinfo', { code: body.authCode });
    expect(answer.body).toMatchObject({ errcode: 40079 });
  });
});

describe('paths and bodies', () => {
  test('unknown paths are refused as each host does', async () => {
    expect((await caller.post('/topapi/v2/user/notexist')).body).toMatchObject({
      errcode: 22,
      sub_msg: '不合法ApiName，ApiName = dingtalk.oapi.v2.user.notexist',
    });
    expect(await caller.post('/nothing')).toMatchObject({ status: 200, body: { errcode: 404 } });
    expect(await caller.get('/v1.0/nothing')).toMatchObject({
      status: 404,
      body: { code: 'error.notFound' },
    });
    const { body } = await caller.control('GET', '/calls');
    expect(body.totals).toMatchObject({ failed: 3 });
  });

  test('a body that is no JSON', async () => {
    const token = await caller.login();
    const answer = await fetch(`${caller.simulator.oapiBase}${OLD}?access_token=${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"dept_id":',
    });
    expect(await answer.json()).toMatchObject({ errcode: 47001 });
  });

  test('forms are taken as well as JSON', async () => {
    const { body } = await caller.postForm('/topapi/v2/user/list', { dept_id: '11', cursor: '0', size: '1' });
    expect(body).toMatchObject({ errcode: 0, result: { has_more: true, next_cursor: 1 } });
  });

  test('a page of another site may not use the control calls', async () => {
    const status = await new Promise((resolve) => {
      const outgoing = request(`${caller.simulator.apiBase}/_sim/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'http://evil.example' },
      });
      outgoing.on('response', (answer) => resolve(answer.resume().statusCode));
      outgoing.end(JSON.stringify({ userId: 'zhangsan' }));
    });
    expect(status).toBe(403);
  });
});

describe('limits', () => {
  test('a permission point that the app was not given', async () => {
    const withheldPermissions = ['qyapi_get_department_list', 'qyapi_hrm_read_user'];
    const poor = await DingTalkCaller.start({ withheldPermissions });
    const old = await poor.post(OLD);
    expect(old.body).toMatchObject({ errcode: 88, sub_code: '60011' });
    expect(String(old.body.errmsg)).toContain('requiredScopes=[qyapi_get_department_list]');
    expect(await poor.get(NEW)).toMatchObject({
      status: 403,
      body: {
        code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
        accessdenieddetail: { requiredScopes: ['qyapi_hrm_read_user'] },
      },
    });
    await poor.simulator.close();
  });

  test('what counts against the month, and what the month allows', async () => {
    const scopes = () => caller.get('/auth/scopes');
    const small = await DingTalkCaller.start({ edition: 'professional' });
    const status = (await small.control('GET', '/status')).body;
    expect(status.quota).toMatchObject({ limit: 200_000, used: 0, month: '2026-10' });
    await small.simulator.close();
    await arm('/auth/scopes', 'quota', { times: 1 });
    expect((await scopes()).body).toMatchObject({ errcode: 90020 });
    expect((await scopes()).body).toMatchObject({ errcode: 0 });
    expect((await caller.control('GET', '/calls')).body.quota).toMatchObject({ used: 2, limit: 5000 });
  });
});

describe('faults', () => {
  test.each<[FaultKind, string, unknown]>([
    ['qps', '90018', 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'],
    ['quota', '90020', 'Forbidden.AccessDenied.ApiCountLimitForOrg'],
    ['denied', '60011', 'Forbidden.AccessDenied.AccessTokenPermissionDenied'],
  ])('%s on both hosts, once', async (kind, subCode, code) => {
    await arm(OLD, kind, { times: 1 });
    await arm(NEW, kind, { times: 1 });
    expect((await caller.post(OLD)).body).toMatchObject({ errcode: 88, sub_code: subCode });
    expect(await caller.get(NEW)).toMatchObject({ status: 403, body: { code } });
    expect((await caller.post(OLD)).body).toMatchObject({ errcode: 0 });
    expect((await caller.get(NEW)).status).toBe(200);
  });

  test('busy, HTTP 500 and a page instead of JSON', async () => {
    await arm(OLD, 'busy', { times: 1 });
    expect((await caller.post(OLD)).body).toMatchObject({ errcode: -1 });
    await arm(NEW, 'busy', { times: 1 });
    expect((await caller.get(NEW)).status).toBe(503);
    await arm(OLD, 'http500', { times: 1 });
    expect((await caller.post(OLD)).status).toBe(500);
    await arm(OLD, 'html', { times: 1 });
    expect((await caller.post(OLD)).text).toContain('<html>');
  });

  test('token: the app has to fetch a new one', async () => {
    const before = await caller.login();
    await arm(OLD, 'token', { times: 1 });
    expect((await caller.post(OLD)).body).toMatchObject({ sub_code: '40014' });
    expect((await caller.post(OLD)).body).toMatchObject({ sub_code: '40014' });
    expect(await caller.login()).not.toBe(before);
    expect((await caller.post(OLD)).body).toMatchObject({ errcode: 0 });
  });

  test('truncate: the call is done, the answer breaks off', async () => {
    await arm('/topapi/message/*', 'truncate', { times: 1 });
    const send = caller.post('/topapi/message/corpconversation/asyncsend_v2', {
      agent_id: caller.simulator.agentId,
      userid_list: 'hr01',
      msg: { msgtype: 'text', text: { content: '你好' } },
    });
    await expect(send).rejects.toThrow();
    expect((await caller.control('GET', '/books')).body.notices).toHaveLength(1);
  });

  test('hang: nothing comes until the caller gives up', async () => {
    await arm(OLD, 'hang', { times: 1 });
    const url = `${caller.simulator.oapiBase}${OLD}`;
    await expect(fetch(url, { method: 'POST', signal: AbortSignal.timeout(150) })).rejects.toThrow();
    expect((await caller.post(OLD)).body).toMatchObject({ errcode: 0 });
  });

  test('after lets calls through, times counts down, DELETE takes all away', async () => {
    await arm(OLD, 'busy', { times: 2, after: 1 });
    const codes: unknown[] = [];
    for (let i = 0; i < 4; i += 1) codes.push((await caller.post(OLD)).body.errcode);
    expect(codes).toEqual([0, -1, -1, 0]);
    await arm(OLD, 'busy');
    await caller.control('DELETE', '/faults');
    expect((await caller.post(OLD)).body).toMatchObject({ errcode: 0 });
  });

  test.each([
    [{ kind: 'qps' }, 'match'],
    [{ match: '/x', kind: 'nonsense' }, 'kind'],
    [{ match: '/x', kind: 'qps', times: 0 }, 'times'],
    [{ match: '/x', kind: 'qps', after: -1 }, 'after'],
  ])('%j is refused', async (body, word) => {
    const answer = await caller.control('POST', '/faults', body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(word);
  });
});
