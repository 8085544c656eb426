import type { DecisionHouse } from '../harness/decision-house.ts';

/** A question to an endpoint below /api/v1, without the way over HTTP. */
export interface RouteQuestion {
  /** `POST /cycles/{cycleId}/decisions`. */
  readonly route: string;
  readonly params?: object;
  readonly query?: object;
  readonly body?: object;
}

/** The answer that a person gets. @throws AppError as the endpoint; Error for a route that is not there */
export async function askRoute<Answer>(
  house: DecisionHouse,
  by: string,
  { route: name, params = {}, query = {}, body = {} }: RouteQuestion,
): Promise<Answer> {
  const route = house.routes.find(({ contract }) => `${contract.method} ${contract.path}` === name);
  if (!route) throw new Error(`no route ${name}`);
  const viewer = await house.viewer(by);
  return (await route.handle({ viewer, params, query, body, http: NO_HTTP })) as Answer;
}

const NO_HTTP = {
  sessionToken: null,
  address: '127.0.0.1',
  gone: new AbortController().signal,
  file: null,
  header: () => null,
  setSession: () => undefined,
  clearSession: () => undefined,
};
