import { AppError, type ErrorCode } from '@shigang/shared';

/**
 * What to do about a failed call:
 * `retry` later, the other side had a hiccup · `wait` until `retryAfterMs` is over (throttle, quota, IP block) ·
 * `token` the app's token is not accepted · `administrator` a person has to change something in DingTalk's console ·
 * `giveUp` the same request will never succeed (unknown person, used code, wrong parameter).
 */
export type DingTalkErrorKind = 'retry' | 'wait' | 'token' | 'administrator' | 'giveUp';

/** What was refused or broken, finer than the kind; also the outcome in the call ledger. */
export type DingTalkTrouble =
  | 'busy'
  | 'broken_answer'
  | 'no_answer'
  | 'qps_app'
  | 'qps_api'
  | 'qpm'
  | 'ip_block'
  | 'quota'
  | 'token'
  | 'permission'
  | 'contact_scope'
  | 'ip_list'
  | 'credentials'
  | 'app_setup'
  | 'refused';

const KINDS: Readonly<Record<DingTalkTrouble, DingTalkErrorKind>> = {
  busy: 'retry',
  broken_answer: 'retry',
  no_answer: 'retry',
  qps_app: 'wait',
  qps_api: 'wait',
  qpm: 'wait',
  ip_block: 'wait',
  quota: 'wait',
  token: 'token',
  permission: 'administrator',
  contact_scope: 'administrator',
  ip_list: 'administrator',
  credentials: 'administrator',
  app_setup: 'administrator',
  refused: 'giveUp',
};

const CODES = {
  busy: 'dingtalk.busy',
  broken_answer: 'dingtalk.busy',
  no_answer: 'dingtalk.busy',
  qps_app: 'dingtalk.throttled',
  qps_api: 'dingtalk.throttled',
  qpm: 'dingtalk.throttled',
  ip_block: 'dingtalk.throttled',
  quota: 'dingtalk.quota',
  token: 'dingtalk.token',
  permission: 'dingtalk.permission',
  contact_scope: 'dingtalk.contact_scope',
  ip_list: 'dingtalk.ip_list',
  credentials: 'dingtalk.credentials',
  app_setup: 'dingtalk.app_setup',
  refused: 'dingtalk.refused',
} as const satisfies Readonly<Record<DingTalkTrouble, ErrorCode>>;

/** Pauses after which a refused call may succeed, ms; the IP block and the minute limit are DingTalk's figures. */
const PAUSES: Partial<Readonly<Record<DingTalkTrouble, number>>> = {
  qps_app: 1_000,
  qps_api: 1_000,
  qpm: 60_000,
  ip_block: 300_000,
  quota: 21_600_000,
};

export interface DingTalkErrorDetail {
  readonly trouble: DingTalkTrouble;
  /** DingTalk's own code: `60121`, `InvalidAuthentication`; empty when no answer came. */
  readonly dingtalkCode: string;
  readonly api: string;
  readonly message: string;
  /** Permission point to apply for, in the console's wording. */
  readonly permission?: string | undefined;
  readonly cause?: unknown;
}

/** A failed DingTalk call; the sentence for people comes from the catalogue, DingTalk's own words go to the log. */
export class DingTalkError extends AppError<(typeof CODES)[DingTalkTrouble]> {
  readonly kind: DingTalkErrorKind;
  readonly trouble: DingTalkTrouble;
  readonly dingtalkCode: string;
  /** DingTalk's own words; some codes stand for many causes and only the words tell which. */
  readonly said: string;
  readonly api: string;
  readonly permission: string | null;
  /** How long to stay away, ms; null where waiting does not help. */
  readonly retryAfterMs: number | null;
  /** True when the request may have been carried out although no usable answer came. */
  readonly isOutcomeUnknown: boolean;

  constructor(detail: DingTalkErrorDetail) {
    const { trouble, dingtalkCode, api, message, permission } = detail;
    super(
      CODES[trouble],
      { api, code: dingtalkCode, detail: message.slice(0, 200), permission: permission ?? '' },
      { cause: detail.cause },
    );
    this.name = 'DingTalkError';
    this.kind = KINDS[trouble];
    this.trouble = trouble;
    this.dingtalkCode = dingtalkCode;
    this.said = message;
    this.api = api;
    this.permission = permission ?? null;
    this.retryAfterMs = PAUSES[trouble] ?? null;
    this.isOutcomeUnknown = this.kind === 'retry';
  }
}

/** Whether DingTalk refused exactly this; where a code stands for many causes, `words` are looked for in its message. */
export const isRefusal = (error: unknown, code: string, words = ''): error is DingTalkError =>
  error instanceof DingTalkError &&
  error.trouble === 'refused' &&
  error.dingtalkCode === code &&
  error.said.includes(words);

/** Global codes of the old host; every other code is a refusal of this one request. */
const OLD_CODES: Readonly<Record<string, DingTalkTrouble>> = {
  '-1': 'busy',
  '15': 'busy',
  '400001': 'busy',
  '40001': 'token',
  '40014': 'token',
  '42001': 'token',
  '90018': 'qps_app',
  '90002': 'qps_api',
  '90005': 'qpm',
  '90006': 'qpm',
  '90020': 'quota',
  '60011': 'permission',
  '400020': 'permission',
  '43007': 'permission',
  '50002': 'contact_scope',
  '50004': 'contact_scope',
  '60020': 'ip_list',
  '40089': 'credentials',
  '40096': 'credentials',
  '40056': 'app_setup',
  '50003': 'app_setup',
  '50005': 'app_setup',
  '70001': 'app_setup',
};

/** @param code the real code: `sub_code` where `errcode` is 88 */
export const troubleOfOldCode = (code: string): DingTalkTrouble => OLD_CODES[code] ?? 'refused';

/** Some families have limits of their own and say so in their own words (one of them misspelt). */
const BUSINESS_THROTTLE = /flowControlError$|lockError$|RateLimited$|^invokeFrequentyly$/;

/**
 * New host: throttles come as 403 with a code that begins like a missing permission, so the throttle is looked for first.
 */
export function troubleOfNewCode(status: number, code: string): DingTalkTrouble {
  if (/ApiCountLimitForOrg/.test(code)) return 'quota';
  if (/QpsLimitForAppkeyAndApi/.test(code)) return 'qps_app';
  if (/QpmLimit/.test(code)) return 'qpm';
  if (/Qps/.test(code) || status === 429 || BUSINESS_THROTTLE.test(code)) return 'qps_api';
  if (/^InvalidAuthentication$|^AuthenticationFailed\./.test(code)) return 'token';
  if (/IpNotInWhiteList/.test(code)) return 'ip_list';
  if (/PermissionDenied|^noPermission$/.test(code)) return 'permission';
  if (code === 'invalidClientIdOrSecret') return 'credentials';
  if (code === 'corpNotOpenHrm') return 'app_setup';
  return status >= 500 ? 'busy' : 'refused';
}
