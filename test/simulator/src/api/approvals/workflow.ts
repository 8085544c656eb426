import { NewApiError } from '../gateway/answer-errors.ts';
import type { ApiRoute } from '../gateway/route.ts';

/** A call of the approval family: new host, metered. */
export const workflow = (
  [method, path]: readonly [ApiRoute['method'], string],
  permission: string,
  answer: ApiRoute['answer'],
): ApiRoute => ({
  host: 'api',
  method,
  path: `/v1.0/workflow/${path}`,
  needsToken: true,
  permission,
  metered: true,
  purpose: '审批',
  answer,
});

export const refused = (code: string, message: string): NewApiError => new NewApiError(400, code, message);

/** Approval times have minutes only. */
const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;
const EIGHT_HOURS_MS = 8 * 3_600_000;

/** @param isLocal no source tells whether the instant is UTC or Beijing's time with a Z behind */
export const workflowTime = (at: number, isLocal: boolean): string =>
  minuteOf(isLocal ? at + EIGHT_HOURS_MS : at);
