import { NewApiError, OldApiError } from './gateway/answer-errors.ts';
import { text } from './gateway/parameters.ts';
import type { ApiRoute } from './gateway/route.ts';
import { topapi } from './gateway/route.ts';

const NO_CODE = '不存在的临时授权码';

/** Tokens, tickets, scopes and the person behind a login code. */
export const loginRoutes: ApiRoute[] = [
  {
    host: 'oapi',
    method: 'GET',
    path: '/gettoken',
    needsToken: false,
    permission: '',
    metered: false,
    purpose: '令牌',
    answer: (world, { query }) => {
      const { appkey, appsecret } = query;
      if (!appkey || !appsecret) throw new OldApiError(40035, '缺少参数 corpid or appkey');
      const { clientId, clientSecret } = world.credentials;
      if (appkey !== clientId || appsecret !== clientSecret) {
        throw new OldApiError(40096, '不合法的appKey或appSecret');
      }
      const { value, expireIn } = world.tokens.appToken();
      return { access_token: value, expires_in: expireIn };
    },
  },
  {
    host: 'api',
    method: 'POST',
    path: '/v1.0/oauth2/accessToken',
    needsToken: false,
    permission: 'qyapi_base',
    metered: false,
    purpose: '令牌',
    answer: (world, { body }) => {
      const { clientId, clientSecret } = world.credentials;
      if (body.appKey !== clientId || body.appSecret !== clientSecret) {
        throw new NewApiError(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret');
      }
      const { value, expireIn } = world.tokens.appToken();
      return { accessToken: value, expireIn };
    },
  },
  {
    host: 'api',
    method: 'POST',
    path: '/v1.0/oauth2/jsapiTickets',
    needsToken: true,
    permission: 'qyapi_base',
    metered: false,
    purpose: '登录',
    answer: (world) => {
      const { value, expireIn } = world.tokens.jsapiTicket();
      return { jsapiTicket: value, expireIn };
    },
  },
  topapi('/topapi/v2/user/getuserinfo', 'qyapi_base', '登录', (world, { body }) => {
    const code = text(body, 'code', () => new OldApiError(40078, NO_CODE));
    const userid = world.tokens.useAuthCode(code);
    const person = userid === undefined ? undefined : world.directory.person(userid);
    if (person === undefined) throw new OldApiError(40078, NO_CODE);
    if (!world.directory.isPresent(person)) throw new OldApiError(40079, '不存在的授权信息');
    const level = world.directory.adminLevel(person.userid);
    return {
      result: {
        userid: person.userid,
        unionid: person.unionid,
        associated_unionid: `assoc${person.unionid}`,
        name: person.name,
        device_id: `sim-device-${person.userid}`,
        sys: level > 0,
        sys_level: level,
      },
    };
  }),
  {
    ...topapi('/auth/scopes', 'qyapi_base', '登录', () => ({
      condition_field: [],
      auth_user_field: ['name', 'userid', 'department', 'position', 'jobnumber', 'mobile'],
      auth_org_scopes: { authed_user: [], authed_dept: [1] },
    })),
    method: 'GET',
    metered: true,
  },
];
