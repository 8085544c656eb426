import { useCallback, useMemo } from 'react';
import { currentHref, go, useHref } from '../../../desk/address.ts';
import {
  RESULTS,
  SORT_KEYS,
  STATES,
  type PersonState,
  type Result,
  type SortKey,
} from './people/people-view.ts';

/** What the board's address says behind the cycle: a link opens the same list, filter, order and person. */
export interface Address {
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

/** The address, and a way to change parts of it. `isStep` makes the change one that "back" undoes. */
export function useAddress(): [Address, (change: Partial<Address>, isStep?: boolean) => void] {
  const href = useHref();
  const address = useMemo(() => readAddress(href), [href]);
  const change = useCallback((part: Partial<Address>, isStep = false) => {
    const href = currentHref();
    go(writeAddress(href, { ...readAddress(href), ...part }), isStep);
  }, []);
  return [address, change];
}

function readAddress(href: string): Address {
  const query = new URLSearchParams(href.split('?')[1] ?? '');
  const sort = query.get('sort') ?? '-score';
  const key = sort.replace(/^-/, '');
  return {
    text: query.get('q') ?? '',
    department: query.get('dept'),
    result: RESULTS.find((one) => one === query.get('tier')) ?? null,
    state: STATES.find((one) => one === query.get('state')) ?? null,
    sort: SORT_KEYS.find((one) => one === key) ?? 'score',
    isDescending: sort.startsWith('-'),
    person: query.get('person'),
    metric: query.get('metric'),
  };
}

function writeAddress(href: string, address: Address): string {
  const [path = ''] = href.split('?');
  const query = new URLSearchParams();
  const { text, department, result, state, person, metric } = address;
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
