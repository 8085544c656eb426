import type { AppCredentials } from '../../world.ts';
import { NewApiError, OldApiError } from './answer-errors.ts';

/** Every refusal of the gateway, in the words of either host. */
type Host = 'oapi' | 'api';

const gateway = (errcode: number, message: string): OldApiError => new OldApiError(errcode, message, true);

export const tokenMissing = (host: Host): Error =>
  host === 'oapi'
    ? gateway(40000, 'access_token is blank')
    : new NewApiError(400, 'AuthenticationFailed.MissingParameter', '缺少参数：x-acs-dingtalk-access-token');

export const tokenInvalid = (host: Host): Error =>
  host === 'oapi'
    ? gateway(40014, '不合法的access_token')
    : new NewApiError(400, 'InvalidAuthentication', '不合法的access_token');

export function permissionMissing(host: Host, permission: string, { clientId }: AppCredentials): Error {
  const link = `https://open-dev.dingtalk.com/appscope/apply?content=${clientId}%23${permission}`;
  if (host === 'api') {
    return new NewApiError(
      403,
      'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      `没有调用该接口的权限，接口权限申请参考：${link}`,
      { accessdenieddetail: { requiredScopes: [permission] } },
    );
  }
  return gateway(
    60011,
    `应用尚未开通所需的权限：[${permission}]，点击链接申请并开通即可：${link}, {requiredScopes=[${permission}]}`,
  );
}

export const tooFast = (host: Host): Error =>
  host === 'oapi'
    ? gateway(90018, '当前应用调用该接口次数过多，超出了该接口承受的最大qps')
    : new NewApiError(
        403,
        'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
        '您的应用调用该接口频率过高，请稍后再试',
      );

export const quotaUsedUp = (host: Host, used: number, limit: number): Error =>
  host === 'oapi'
    ? gateway(
        90020,
        `您的企业本月api调用量已超过限制,调用量:${used}次,额度:${limit}次,请登录开发者后台-资源管理-查看用量明细`,
      )
    : new NewApiError(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', '您的企业本月api调用量已超过限制');

export const busy = (host: Host): Error =>
  host === 'oapi' ? new OldApiError(-1, '系统繁忙') : new NewApiError(503, 'systemBusy', '系统繁忙');
