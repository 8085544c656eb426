import type { ApiRoute, HttpExchange } from '../platform/http/index.ts';
import { validated } from '../platform/http/validate.ts';
import type { Viewer } from '../access/index.ts';
import type { PageSources } from './page-data.ts';

/** A page only reads: there is no exchange to change. */
const READ_ONLY: HttpExchange = {
  sessionToken: null,
  address: '',
  gone: new AbortController().signal,
  file: null,
  header: () => null,
  setSession: () => undefined,
  clearSession: () => undefined,
};

/** Pages show what the JSON endpoints answer, by asking the same handlers with the same validation. */
export function pageSources(
  routes: readonly ApiRoute[],
  hasOwnFigures: PageSources['hasOwnFigures'],
): PageSources {
  const ask = (path: string) => {
    const route = routes.find(({ contract }) => contract.path === path && contract.method === 'GET');
    if (!route) throw new Error(`no endpoint ${path}`);
    return async (viewer: Viewer, query: object): Promise<never> =>
      (await route.handle({
        viewer,
        params: {},
        query: route.contract.query ? await validated(route.contract.query, query) : {},
        body: {},
        http: READ_ONLY,
      })) as never;
  };
  return {
    hasOwnFigures,
    home: ask('/me/home'),
    statement: ask('/me/statement'),
    match: ask('/me/match'),
    evidence: ask('/me/evidence'),
    development: ask('/me/development'),
    team: ask('/team'),
  };
}
