import { newFailure, parseExactJson, readOldAnswer } from './answer.ts';
import { DingTalkError, troubleOfNewCode, troubleOfOldCode } from './errors.ts';

const failure = (text: string, status = 200): DingTalkError => {
  try {
    readOldAnswer({ api: '/topapi/x', status, text, permission: 'qyapi_x' });
  } catch (error) {
    if (error instanceof DingTalkError) return error;
    throw error;
  }
  throw new Error('accepted');
};

test.each([
  ['{"order":176292145862172512}', { order: '176292145862172512' }],
  ['{"order":-9007199254740993}', { order: '-9007199254740993' }],
  ['{"n":9007199254740991,"m":1234567890123456}', { n: 9007199254740991, m: 1234567890123456 }],
  [
    '{"text":"176292145862172512","inner":"a \\\\" 176292145862172512"}'.replaceAll('\\\\', '\\'),
    { text: '176292145862172512', inner: 'a " 176292145862172512' },
  ],
  ['{"decimal":12345678901234567.5,"exponent":1e30}', { decimal: 12345678901234568, exponent: 1e30 }],
  ['[1,"2",null,true]', [1, '2', null, true]],
])('long numbers keep their digits: %s', (text, expected) => {
  expect(parseExactJson(text)).toEqual(expected);
});

test.each([['{"errcode":0,"result":{}}'], ['{"errcode":"0","errmsg":"ok"}']])('success: %s', (text) => {
  expect(readOldAnswer({ api: '/x', status: 200, text, permission: null })).toHaveProperty('errcode');
});

test.each([
  ['{"errcode":88,"sub_code":"40014","sub_msg":"不合法的access_token"}', 'token', 'token', '40014'],
  ['{"errcode":88,"errmsg":"ding talk error[subcode=90018,submsg=…]"}', 'wait', 'qps_app', '90018'],
  ['{"errcode":88,"sub_code":90002,"errmsg":""}', 'wait', 'qps_api', '90002'],
  ['{"errcode":90018,"errmsg":"x"}', 'wait', 'qps_app', '90018'],
  ['{"errcode":90006}', 'wait', 'qpm', '90006'],
  ['{"errcode":88,"sub_code":"90020"}', 'wait', 'quota', '90020'],
  ['{"errcode":"90020","errmsg":"您的企业本月api调用量已超过限制"}', 'wait', 'quota', '90020'],
  ['{"errcode":-1,"errmsg":"系统繁忙"}', 'retry', 'busy', '-1'],
  ['{"errcode":15}', 'retry', 'busy', '15'],
  ['{"errcode":60121,"errmsg":"找不到该用户"}', 'giveUp', 'refused', '60121'],
  ['{"errcode":40078}', 'giveUp', 'refused', '40078'],
  ['{"errcode":50004}', 'administrator', 'contact_scope', '50004'],
  ['{"errcode":60020,"errmsg":"request ip=1.2.3.4"}', 'administrator', 'ip_list', '60020'],
  ['{"errcode":40056}', 'administrator', 'app_setup', '40056'],
  ['{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"xxx"}', 'wait', 'ip_block', '1111'],
  ['<html><body>blocked</body></html>', 'retry', 'broken_answer', '200'],
  ['{"errcode":0,"result":{"list":[{"userid":"zh', 'retry', 'broken_answer', '200'],
  ['', 'retry', 'broken_answer', '200'],
  ['null', 'retry', 'broken_answer', '200'],
  ['[]', 'retry', 'broken_answer', '200'],
  ['{"result":{}}', 'retry', 'broken_answer', '200'],
])('old host: %s', (text, kind, trouble, code) => {
  expect(failure(text)).toMatchObject({ kind, trouble, dingtalkCode: code });
});

test('old host behind a broken proxy', () => {
  expect(failure('<html>502</html>', 502)).toMatchObject({ kind: 'retry', trouble: 'busy' });
  expect(failure('{"errcode":0}', 500)).toMatchObject({ kind: 'retry', trouble: 'busy' });
});

test('a missing permission is named as the console names it', () => {
  const live =
    '{"errcode":88,"sub_code":"60011","errmsg":"ding talk error[subcode=60011,submsg=应用尚未开通所需的权限：[qyapi_get_department_list]，点击链接申请]"}';
  expect(failure(live)).toMatchObject({ kind: 'administrator', permission: 'qyapi_get_department_list' });
  const named =
    '{"errcode":88,"sub_code":"60011","sub_msg":"应用尚未开通所需的权限：[qyapi_get_department_list]，点击链接申请"}';
  expect(failure(named)).toMatchObject({ permission: 'qyapi_get_department_list' });
  expect(failure('{"errcode":60011}')).toMatchObject({ permission: 'qyapi_x' });
});

test.each([
  [403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'qps_app'],
  [403, 'Forbidden.AccessDenied.QpsLimitForApi', 'qps_api'],
  [403, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', 'qpm'],
  [403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', 'quota'],
  [403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', 'permission'],
  [403, 'Forbidden.AccessDenied.IpNotInWhiteList', 'ip_list'],
  [400, 'noPermission', 'permission'],
  [400, 'InvalidAuthentication', 'token'],
  [400, 'AuthenticationFailed.MissingParameter', 'token'],
  [400, 'invalidClientIdOrSecret', 'credentials'],
  [400, 'corpNotOpenHrm', 'app_setup'],
  [401, 'businessError', 'refused'],
  [400, 'invalidParameter', 'refused'],
  [429, 'system.busy', 'qps_api'],
  [400, 'todo.taskCreate.flowControlError', 'qps_api'],
  [400, 'autoflowLikeTriggerRateLimited', 'qps_api'],
  [400, 'invokeFrequentyly', 'qps_api'],
  [500, 'systemError', 'busy'],
  [504, 'service.timeout', 'busy'],
] as const)('new host: %i %s', (status, code, trouble) => {
  expect(troubleOfNewCode(status, code)).toBe(trouble);
});

test.each([
  [{ code: 'x', accessdenieddetail: { requiredScopes: ['Contact.User.Read'] } }],
  [{ code: 'x', accessDeniedDetail: { requiredScopes: ['Contact.User.Read'] } }],
])('the missing permission in either casing', (body) => {
  const code = 'Forbidden.AccessDenied.AccessTokenPermissionDenied';
  const answer = { api: '/v1.0/x', status: 403, text: '', permission: 'other' };
  expect(newFailure(answer, { ...body, code }).permission).toBe('Contact.User.Read');
  expect(newFailure(answer, { Code: code, Message: 'x' })).toMatchObject({
    permission: 'other',
    trouble: 'permission',
  });
});

test('an unknown code is a refusal of this one request', () => {
  expect(troubleOfOldCode('123456')).toBe('refused');
});
