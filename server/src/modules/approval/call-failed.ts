import type { DingTalkError } from '../../dingtalk/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { SendOutcome } from '../../platform/outbox/relay.ts';

/** A matter for the administrator is looked at again after this long. */
const ADMINISTRATOR_MS = 900_000;

/** Another try after the pause that the trouble asks for; without one of its own after that of the outbox. */
export function tryLater(error: DingTalkError, clock: Clock): SendOutcome<never> {
  const pauseMs = error.kind === 'administrator' ? ADMINISTRATOR_MS : error.retryAfterMs;
  return {
    kind: 'retry',
    error: error.message,
    ...(pauseMs === null ? {} : { retryAt: clock.real() + pauseMs }),
  };
}
