import type { SignInAnswer, SignInRequest } from '@shigang/shared/answers';
import type { RenderedPage } from '../entries/renderer-face.ts';
import { authCode } from '../dingtalk/bridge.ts';

/** The answer to POST /api/v1/session: who signed in, and the page asked for by `x-shigang-page` (null on the desk). */
export interface SessionStartAnswer extends SignInAnswer {
  page: RenderedPage | null;
}

/** The server refused; `status` as in the response. */
export class SignInError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`POST /api/v1/session: ${status}`);
    this.status = status;
  }
}

/**
 * One round trip: the code for a session, the page's HTML and its data.
 * @throws BridgeError, SignInError, TypeError (network)
 */
export async function signIn(corpId: string, clientId: string, page: string): Promise<SessionStartAnswer> {
  const code = await authCode(corpId, clientId);
  const response = await fetch('/api/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shigang-page': page },
    body: JSON.stringify({ corpId, authCode: code } satisfies SignInRequest),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new SignInError(response.status);
  }
  return (await response.json()) as SessionStartAnswer;
}
