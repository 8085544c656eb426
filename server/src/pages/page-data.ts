import { AppError } from '@shigang/shared';
import type { Viewer } from '../access/index.ts';
import type { PageAddress, PageInput, Renderer } from './renderer-face.ts';

/** Where the staff pages get their figures; the same answers as the JSON endpoints give. */
export interface PageSources {
  /** Holds or held a sales role: has a home, a statement, a score. */
  hasOwnFigures(viewer: Viewer): Promise<boolean>;
  /** What an endpoint of the table of pages answers. */
  answer(path: string, viewer: Viewer, query: Readonly<Record<string, string>>): Promise<object>;
}

const DESK = /^\/desk(\/|$)/;
/** Whether an address is one of the desk's, whose screens read their data themselves. */
export const isDesk = (target: string): boolean => DESK.test(target.split('?')[0] ?? '');

/** Everything a page shows. "Not yours" and "not there" look alike; other errors are the caller's. */
export async function pageInput(
  { renderer, sources }: { readonly renderer: Renderer; readonly sources: PageSources },
  viewer: Viewer,
  address: PageAddress,
): Promise<PageInput> {
  const { data } = renderer.staffPages[address.page];
  try {
    return renderer.pageOf(address, await sources.answer(data, viewer, renderer.queryOf(address)));
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    const isNone = error.code === 'statement.not_found' && !address.query.has('period');
    return { page: 'problem', answer: { kind: isNone ? 'no_statement' : 'denied', number: null } };
  }
}
