import type { ApiRoute, HttpExchange } from '../platform/http/index.ts';
import { validated } from '../platform/http/validate.ts';
import type { PageSources } from './page-data.ts';
import type { Renderer } from './renderer-face.ts';

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

/**
 * Pages show what the JSON endpoints answer, by asking the same handlers with the same validation. A page without its
 * endpoint refuses the start.
 */
export function pageSources(
  routes: readonly ApiRoute[],
  pages: Renderer['staffPages'],
  hasOwnFigures: PageSources['hasOwnFigures'],
): PageSources {
  const byPath = new Map(Object.values(pages).map(({ data }) => [data, routeOf(routes, data)]));
  return {
    hasOwnFigures,
    answer: async (path, viewer, query) => {
      const route = byPath.get(path) ?? routeOf(routes, path);
      const asked = route.contract.query ? await validated(route.contract.query, query) : {};
      return (await route.handle({ viewer, params: {}, query: asked, body: {}, http: READ_ONLY })) as object;
    },
  };
}

function routeOf(routes: readonly ApiRoute[], path: string): ApiRoute {
  const route = routes.find(({ contract }) => contract.path === path && contract.method === 'GET');
  if (!route) throw new Error(`no endpoint ${path}`);
  return route;
}
