import { signIn, type Address } from './simulator-control.ts';

/** Somebody's session, as the mini-app holds it. */
export interface SignedIn {
  /** A page or an endpoint, without following redirects. */
  read(path: string): Promise<{ readonly status: number; readonly text: string }>;
  /** An endpoint below /api/v1. @throws Error when it refuses */
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body: object): Promise<Answer>;
  /** As `post`, whatever comes back. */
  send(path: string, body: object): Promise<{ readonly status: number; readonly text: string }>;
}

/** Signs a person in as DingTalk's client would. */
export async function signedIn(house: Address, userId: string): Promise<SignedIn> {
  const cookie = await signIn(house, userId);
  const ask = async (path: string, body?: object): Promise<{ status: number; text: string }> => {
    const answer = await fetch(house.appUrl + path, {
      method: body ? 'POST' : 'GET',
      headers: { cookie, origin: house.appUrl, 'content-type': 'application/json' },
      redirect: 'manual',
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const json = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const { status, text } = await ask(`/api/v1${path}`, body);
    if (status >= 300) throw new Error(`${userId} ${path}: ${status} ${text}`);
    return JSON.parse(text) as Answer;
  };
  return {
    read: (path) => ask(path),
    get: (path) => json(path),
    post: (path, body) => json(path, body),
    send: (path, body) => ask(`/api/v1${path}`, body),
  };
}
