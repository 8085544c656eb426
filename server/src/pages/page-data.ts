import { AppError } from '@shigang/shared';
import type { Viewer } from '../access/index.ts';
import type { PageInput, PageName } from './renderer-face.ts';

/** Where each staff page gets its figures; the same answers as the JSON endpoints give. */
export interface PageSources {
  /** Holds or held a sales role: has a home, a statement, a score. */
  hasOwnFigures(viewer: Viewer): Promise<boolean>;
  home(viewer: Viewer, query: { period?: string }): Promise<Answer<'home'>>;
  statement(viewer: Viewer, query: { period?: string }): Promise<Answer<'statement'>>;
  match(viewer: Viewer, query: { period?: string }): Promise<Answer<'match'>>;
  evidence(
    viewer: Viewer,
    query: { period?: string; metric: string; after?: string },
  ): Promise<Answer<'evidence'>>;
  development(viewer: Viewer, query: { period?: string }): Promise<Answer<'development'>>;
  team(viewer: Viewer, query: object): Promise<Answer<'team'>>;
}
type Answer<Name extends PageName> = Extract<PageInput, { page: Name }>['answer'];

/** The page that an address names, null for none. `desk` fetches its own data. */
export type PageAddress =
  | {
      readonly page: Exclude<PageName, 'problem'>;
      readonly key: string | null;
      readonly query: URLSearchParams;
    }
  | { readonly page: 'desk' };

const ADDRESS =
  /^\/(?:(?<desk>desk(?:\/.*)?)|statement\/lines\/(?<line>[^/]+)|(?<statement>statement)|match\/(?<metric>[^/]+)|(?<plain>match|development|team))?$/;

/** Pages whose address is their name. */
const PLAIN = ['match', 'development', 'team'] as const;

/** Reads path and query of a page, e.g. `/match/satisfaction_avg?period=2026Q3`. */
export function pageAddress(target: string): PageAddress | null {
  const url = URL.canParse(target, 'http://page') ? new URL(target, 'http://page') : null;
  const groups = url && ADDRESS.exec(url.pathname)?.groups;
  if (!url || !groups) return null;
  const query = url.searchParams;
  if (groups['desk'] !== undefined) return { page: 'desk' };
  if (groups['line'] !== undefined) return { page: 'statement', key: decoded(groups['line']), query };
  if (groups['statement'] !== undefined) return { page: 'statement', key: null, query };
  if (groups['metric'] !== undefined) return { page: 'evidence', key: decoded(groups['metric']), query };
  const plain = PLAIN.find((page) => page === groups['plain']);
  if (plain !== undefined) return { page: plain, key: null, query };
  return { page: 'home', key: null, query };
}

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** Everything a page shows. "Not yours" and "not there" look alike; other errors are the caller's. */
export async function pageInput(
  sources: PageSources,
  viewer: Viewer,
  address: Exclude<PageAddress, { page: 'desk' }>,
): Promise<PageInput> {
  const period = address.query.get('period');
  const query = period === null ? {} : { period };
  try {
    switch (address.page) {
      case 'home':
        return { page: 'home', answer: await sources.home(viewer, query) };
      case 'statement':
        return { page: 'statement', answer: await sources.statement(viewer, query), lineId: address.key };
      case 'match':
        return { page: 'match', answer: await sources.match(viewer, query) };
      case 'development':
        return { page: 'development', answer: await sources.development(viewer, query) };
      case 'team':
        return { page: 'team', answer: await sources.team(viewer, {}) };
      case 'evidence': {
        const after = address.query.get('after');
        const rows = after === null ? {} : { after };
        return {
          page: 'evidence',
          answer: await sources.evidence(viewer, { ...query, ...rows, metric: address.key ?? '' }),
        };
      }
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    const kind = error.code === 'statement.not_found' && period === null ? 'no_statement' : 'denied';
    return { page: 'problem', answer: { kind, number: null } };
  }
}
