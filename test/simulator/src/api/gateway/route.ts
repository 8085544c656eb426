import type { World } from '../../world.ts';

/** A request after the gateway: the token is good, the permission is there. */
export interface ApiCall {
  /** Parts of the path that differ from call to call. */
  params: Record<string, string>;
  /** Host and port under which the caller found the simulator. */
  host: string;
  query: Record<string, string>;
  body: Record<string, unknown>;
  /** Set by the fault of the same name: the message is accepted and never arrives. */
  isUndelivered: boolean;
}

/** One call of DingTalk's server API. */
export interface ApiRoute {
  host: 'oapi' | 'api';
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Parts in braces differ from call to call, as in `/v1.0/todo/users/{unionId}/tasks`. */
  path: string;
  /** Whether the call needs the app's token. */
  needsToken: boolean;
  /** Permission point; empty: none documented. */
  permission: string;
  /** Counts against the monthly quota. */
  metered: boolean;
  /** What the console calls its purpose. */
  purpose: string;
  /** @returns the answer: the old host's envelope is put around it, the new host's goes out as it is */
  answer: (world: World, call: ApiCall) => Record<string, unknown>;
}

type Handler = ApiRoute['answer'];

/** A free call of the old host, `POST` and JSON unless it says otherwise. */
export const topapi = (path: string, permission: string, purpose: string, answer: Handler): ApiRoute => ({
  host: 'oapi',
  method: 'POST',
  path,
  needsToken: true,
  permission,
  metered: false,
  purpose,
  answer,
});
