import type { TestHouse } from './house.ts';

/** A work notice as the simulator's books show it. */
export interface BookedNotice {
  readonly recipients: readonly string[];
  readonly content: { readonly action_card?: BookedCard };
  readonly delivery: string | number;
}

interface BookedCard {
  readonly title: string;
  readonly markdown: string;
  readonly single_title: string;
  readonly single_url: string;
}

export interface Books {
  readonly notices: readonly BookedNotice[];
  readonly approvals: readonly BookedApproval[];
  readonly transfers: readonly BookedTransfer[];
  readonly todos: readonly BookedTodo[];
}

export interface BookedApproval {
  readonly id: string;
  readonly state: 'running' | 'agreed' | 'refused' | 'terminated';
  readonly starter: string;
  readonly approvers: readonly string[];
  /** By label. */
  readonly formValues: Readonly<Record<string, string>>;
}

export interface BookedTransfer {
  readonly userId: string;
  readonly deptId: number;
  readonly position: string;
}

export interface BookedTodo {
  readonly recipients: readonly string[];
  readonly state: string;
  readonly delivery: string | number;
}

/** What a person needs to be signed in. */
export type Address = Pick<TestHouse, 'env' | 'appUrl'> & {
  readonly simulator: Pick<TestHouse['simulator'], 'apiBase'>;
};

/** A control endpoint below /_sim of the house's simulator: `GET`, or `POST` when there is a body. */
export async function control<Answer>(
  house: Pick<Address, 'simulator'>,
  path: string,
  body?: object,
): Promise<Answer> {
  const answer = await fetch(`${house.simulator.apiBase}/_sim${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Address of a page in the fake client of one person. */
export const openedAs = async (house: TestHouse, userId: string, link?: string): Promise<string> =>
  (await control<{ url: string }>(house, '/open', { userId, ...(link === undefined ? {} : { link }) })).url;

/** Signs in as DingTalk's client would. @returns the Cookie header of the session */
export async function signIn(house: Address, userId: string): Promise<string> {
  const { authCode } = await control<{ authCode: string }>(house, '/login', { userId });
  const answer = await fetch(`${house.appUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.appUrl },
    body: JSON.stringify({ corpId: house.env['DINGTALK_CORP_ID'], authCode }),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!answer.ok || cookie === undefined) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  return cookie;
}
