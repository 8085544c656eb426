import { staffPages, type PageInput, type StaffPageName } from './pages.ts';

/** The staff page that an address names. */
export interface PageAddress {
  readonly page: StaffPageName;
  /** Pieces of the path, decoded; null: they cannot be. */
  readonly keys: Readonly<Record<string, string | null>>;
  readonly query: URLSearchParams;
}

const names = Object.keys(staffPages) as StaffPageName[];

/** Reads path and query of a page, e.g. `/match/satisfaction_avg?period=2026Q3`; null: no staff page lives there. */
export function pageAddress(target: string): PageAddress | null {
  const [path = '', ...search] = target.split('?');
  for (const page of names) {
    for (const at of staffPages[page].at) {
      const keys = keysIn(at, path);
      if (keys !== null) return { page, keys, query: new URLSearchParams(search.join('?')) };
    }
  }
  return null;
}

function keysIn(at: string, path: string): Record<string, string | null> | null {
  const [asked, known] = [path.split('/'), at.split('/')];
  if (asked.length !== known.length) return null;
  const keys: Record<string, string | null> = {};
  for (const [position, piece] of known.entries()) {
    const value = asked[position] ?? '';
    const name = /^\{(.+)\}$/.exec(piece)?.[1];
    if (name === undefined ? value !== piece : value === '') return null;
    if (name !== undefined) keys[name] = decoded(value);
  }
  return keys;
}

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** What the page's endpoint is asked, from the pieces of the path and the query. */
export function queryOf({ page, keys, query }: PageAddress): Record<string, string> {
  const asks: readonly string[] = staffPages[page].asks;
  return Object.fromEntries(
    asks.flatMap((name) => {
      const value = name in keys ? (keys[name] ?? '') : query.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** A page with the answer of its endpoint. */
export function pageOf({ page, keys }: PageAddress, answer: object): PageInput {
  const input = page === 'statement' ? { page, answer, lineId: keys['lineId'] ?? null } : { page, answer };
  return input as PageInput;
}
