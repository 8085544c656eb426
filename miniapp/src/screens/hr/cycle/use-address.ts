import { useCallback, useMemo, useSyncExternalStore } from 'react';
import {
  RESULTS,
  SORT_KEYS,
  STATES,
  type PersonState,
  type Result,
  type SortKey,
} from './people/people-view.ts';

/** Everything that the desk's address says: a link opens the same list, filter, order and person. */
export interface Address {
  /** From the path /desk/cycles/{cycleId}; null on /desk. */
  cycleId: string | null;
  /** What the path shows of the cycle: its board, what publication would send, or the file of `person`. */
  view: 'board' | 'publish' | 'file';
  text: string;
  /** Name of a department: indexes change with the data. */
  department: string | null;
  result: Result | null;
  state: PersonState | null;
  sort: SortKey;
  isDescending: boolean;
  person: string | null;
  /** The indicator whose records are open. */
  metric: string | null;
}

const CHANGED = 'shigang:address';
const subscribe = (notify: () => void): (() => void) => {
  addEventListener('popstate', notify);
  addEventListener(CHANGED, notify);
  return () => {
    removeEventListener('popstate', notify);
    removeEventListener(CHANGED, notify);
  };
};
const current = (): string => location.pathname + location.search;

/** The address, and a way to change parts of it. `isStep` makes the change one that "back" undoes. */
export function useAddress(): [Address, (change: Partial<Address>, isStep?: boolean) => void] {
  const href = useSyncExternalStore(subscribe, current);
  const address = useMemo(() => readAddress(href), [href]);
  const change = useCallback((part: Partial<Address>, isStep = false) => {
    const next = writeAddress({ ...readAddress(current()), ...part });
    if (isStep) history.pushState(null, '', next);
    else history.replaceState(null, '', next);
    dispatchEvent(new Event(CHANGED));
  }, []);
  return [address, change];
}

const PATH = /^\/desk\/cycles\/(?<cycle>[^/]+)(?:\/(?<publish>publish)|\/people\/(?<file>[^/]+)\/file)?$/;

export function readAddress(href: string): Address {
  const [path = '', search = ''] = href.split('?');
  const query = new URLSearchParams(search);
  const { cycle, publish, file } = PATH.exec(path)?.groups ?? {};
  const sort = query.get('sort') ?? '-score';
  const key = sort.replace(/^-/, '');
  return {
    cycleId: cycle === undefined ? null : decodeURIComponent(cycle),
    view: publish === undefined ? (file === undefined ? 'board' : 'file') : 'publish',
    text: query.get('q') ?? '',
    department: query.get('dept'),
    result: RESULTS.find((one) => one === query.get('tier')) ?? null,
    state: STATES.find((one) => one === query.get('state')) ?? null,
    sort: SORT_KEYS.find((one) => one === key) ?? 'score',
    isDescending: sort.startsWith('-'),
    person: file === undefined ? query.get('person') : decodeURIComponent(file),
    metric: query.get('metric'),
  };
}

export function writeAddress(address: Address): string {
  const query = new URLSearchParams();
  const { text, department, result, state, person, metric, cycleId, view } = address;
  const path = cycleId === null ? '/desk' : `/desk/cycles/${encodeURIComponent(cycleId)}`;
  if (view === 'publish') return `${path}/publish`;
  if (view === 'file') return `${path}/people/${encodeURIComponent(person ?? '')}/file`;
  if (text !== '') query.set('q', text);
  if (department !== null) query.set('dept', department);
  if (result !== null) query.set('tier', result);
  if (state !== null) query.set('state', state);
  const sort = (address.isDescending ? '-' : '') + address.sort;
  if (sort !== '-score') query.set('sort', sort);
  if (person !== null) query.set('person', person);
  if (person !== null && metric !== null) query.set('metric', metric);
  const search = query.toString();
  return search === '' ? path : `${path}?${search}`;
}
