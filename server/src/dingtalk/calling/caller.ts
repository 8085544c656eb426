import { DelegateBackoff, handleWhen, retry, timeout, TimeoutStrategy, wrap, type IPolicy } from 'cockatiel';
import { AppError } from '@shigang/shared';
import type { Clock } from '../../platform/clock.ts';
import { readOldAnswer, type Fields } from './answer.ts';
import type { ApiCall } from './calls.ts';
import { DingTalkError, type DingTalkTrouble } from './errors.ts';
import type { CallLedger } from './ledger.ts';
import { SPACING_MS, type CallSpacing } from './rate.ts';
import type { AppToken } from './token.ts';

/** Time-outs and pauses, ms; tests shorten them. */
export interface CallTiming {
  /** Longest wait for one answer. */
  readonly deadlineMs: number;
  /** Pauses before the repeats after a hiccup; DingTalk allows three. */
  readonly hiccupPausesMs: readonly [number, number, number];
  /** Pauses after a throttle; DingTalk says sleep a second and go on, 90002 hits everybody and lasts longer. */
  readonly throttlePauseMs: number;
  /** Pause after the limit per minute. */
  readonly minutePauseMs: number;
  /** Between two calls of one API, over all processes. */
  readonly spacingMs: number;
}

export const DEFAULT_TIMING: CallTiming = {
  deadlineMs: 10_000,
  hiccupPausesMs: [500, 1_500, 4_000],
  throttlePauseMs: 1_000,
  minutePauseMs: 20_000,
  spacingMs: SPACING_MS,
};

/** Repeats after a throttle before the caller is told to come back later. */
const MAX_THROTTLES = 8;
/** Longest single pause after the throttle of an API over all customers. */
const LONGEST_THROTTLE_MS = 8_000;

/** Counts of one run, as `sync` and `budget` report them. */
export interface CallFigures {
  calls: number;
  meteredCalls: number;
}

export interface CallerDeps {
  readonly oapiBase: string;
  readonly clock: Clock;
  readonly tokens: AppToken;
  readonly spacing: CallSpacing;
  readonly ledger: CallLedger;
  readonly timing: CallTiming;
  /** Whether Redis, which holds token and slots, answers at the moment. */
  readonly isRedisReady: () => boolean;
}

/** One request with a token; the signal is raised at the deadline. */
export type Attempt<Result> = (token: string, signal: AbortSignal) => Promise<Result>;

const THROTTLES: ReadonlySet<DingTalkTrouble> = new Set(['qps_app', 'qps_api', 'qpm']);
/** Refused before they reach the API: DingTalk does not count them. */
const UNCOUNTED: ReadonlySet<DingTalkTrouble> = new Set(['qps_app', 'qps_api', 'qpm', 'ip_block']);

/** Makes calls for one purpose: slot, token, deadline, repeats, ledger. */
export class Caller {
  readonly figures: CallFigures = { calls: 0, meteredCalls: 0 };
  readonly #deps: CallerDeps;
  readonly #purpose: string;

  constructor(deps: CallerDeps, purpose: string) {
    this.#deps = deps;
    this.#purpose = purpose;
  }

  /** A call of the old host. @returns the whole answer with errcode 0 @throws DingTalkError */
  old(call: ApiCall, body: object): Promise<Fields> {
    return this.run(call, async (token, signal) => {
      const url = `${this.#deps.oapiBase}${call.path}?access_token=${encodeURIComponent(token)}`;
      const response = await fetch(url, {
        method: call.method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal,
      });
      const text = await response.text();
      return readOldAnswer({ api: call.path, status: response.status, text, permission: call.permission });
    });
  }

  /** Any call, by whatever client. @throws DingTalkError after the documented number of repeats */
  async run<Result>(call: ApiCall, attempt: Attempt<Result>): Promise<Result> {
    // Background work waits until Redis is back; a person who signs in is told at once.
    if (this.#purpose === 'login' && !this.#deps.isRedisReady()) {
      throw new AppError('service.unavailable', { service: '缓存（Redis）' });
    }
    // A hiccup while the token is fetched says nothing about the call, which may not be repeatable.
    await this.#policy(true).execute(() => this.#deps.tokens.get());
    return this.#policy(call.repeatable).execute(() => this.#withToken(call, attempt));
  }

  #policy(isRepeatable: boolean): IPolicy {
    const { hiccupPausesMs } = this.#deps.timing;
    const afterThrottle = retry(handleWhen(isThrottle), {
      maxAttempts: MAX_THROTTLES,
      backoff: new DelegateBackoff((context) => this.#throttlePauseMs(context.attempt, context.result)),
    });
    const afterHiccup = retry(
      handleWhen((error) => isRepeatable && isHiccup(error)),
      {
        maxAttempts: hiccupPausesMs.length,
        backoff: new DelegateBackoff((context) => hiccupPausesMs[context.attempt - 1] ?? hiccupPausesMs[2]),
      },
    );
    return wrap(afterThrottle, afterHiccup);
  }

  #throttlePauseMs(attempt: number, result: unknown): number {
    const { throttlePauseMs, minutePauseMs } = this.#deps.timing;
    const error = (result as { error?: unknown }).error;
    const trouble = error instanceof DingTalkError ? error.trouble : 'qps_app';
    if (trouble === 'qpm') return minutePauseMs;
    if (trouble === 'qps_app') return throttlePauseMs;
    return Math.min(throttlePauseMs * 2 ** (attempt - 1), LONGEST_THROTTLE_MS);
  }

  /** A token that expired in the middle of a run is renewed once. */
  async #withToken<Result>(call: ApiCall, attempt: Attempt<Result>): Promise<Result> {
    const token = await this.#deps.tokens.get();
    try {
      return await this.#once(call, (signal) => attempt(token, signal));
    } catch (error) {
      if (!(error instanceof DingTalkError) || error.kind !== 'token') throw error;
      const renewed = await this.#deps.tokens.renew(token);
      return this.#once(call, (signal) => attempt(renewed, signal));
    }
  }

  /** One request without a token, for the token itself. */
  unauthenticated<Result>(call: ApiCall, attempt: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    return this.#once(call, attempt);
  }

  async #once<Result>(call: ApiCall, attempt: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const { spacing, clock, timing } = this.#deps;
    await spacing.takeSlot(call.path);
    const startedAt = clock.real();
    try {
      const deadline = timeout(timing.deadlineMs, TimeoutStrategy.Aggressive);
      const result = await deadline.execute(({ signal }) => attempt(signal));
      await this.#record(call, startedAt, null);
      return result;
    } catch (cause) {
      const error = asDingTalkError(call, cause);
      await this.#record(call, startedAt, error);
      if (error.trouble === 'qps_app') await spacing.holdBack(call.path, timing.throttlePauseMs);
      throw error;
    }
  }

  async #record(call: ApiCall, startedAt: number, error: DingTalkError | null): Promise<void> {
    const isMetered = call.metered && !(error && UNCOUNTED.has(error.trouble));
    this.figures.calls += 1;
    if (isMetered) this.figures.meteredCalls += 1;
    await this.#deps.ledger.record({
      call,
      purpose: this.#purpose,
      isMetered,
      outcome: error?.trouble ?? 'ok',
      errorCode: error?.dingtalkCode ?? null,
      tookMs: this.#deps.clock.real() - startedAt,
    });
  }
}

const isThrottle = (error: unknown): boolean =>
  error instanceof DingTalkError && THROTTLES.has(error.trouble);
const isHiccup = (error: unknown): boolean => error instanceof DingTalkError && error.kind === 'retry';

/** Time-outs, resets and refused connections have no answer: whether the call was carried out is unknown. */
function asDingTalkError(call: ApiCall, cause: unknown): DingTalkError {
  if (cause instanceof DingTalkError) return cause;
  const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new DingTalkError({ trouble: 'no_answer', dingtalkCode: '', api: call.path, message, cause });
}
