import { deskText } from '@shigang/shared';
import { useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { CycleAnswer, CyclePeopleAnswer, Thresholds } from '../../../api/answers.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { PersonRow } from './person-row.tsx';
import type { SortKey } from './people-view.ts';
import { useAddress, type Address } from './use-address.ts';

/** Height of a row in pixels, as in desk.css. */
const ROW = 36;
/** Rows drawn beyond both edges, so that a quick scroll shows no gap. */
const BEYOND = 5;
/** Moving with the panel open waits this long, so that holding a key fetches one person, not thirty. */
const FOLLOW_MS = 180;

const COLUMNS: readonly (readonly [SortKey, string])[] = [
  ['name', deskText['list.name']],
  ['department', deskText['list.department']],
  ['score', deskText['list.score']],
  ['change', deskText['list.change']],
  ['result', deskText['list.tier']],
  ['gap', deskText['list.gap']],
  ['decision', deskText['list.decision']],
];
/** Figures are read from the top: their first click sorts downwards. */
const FROM_TOP = new Set<SortKey>(['score', 'change']);

interface PeopleGridProps {
  cycle: CycleAnswer;
  people: CyclePeopleAnswer;
  view: Uint32Array;
  onSearch: () => void;
}

/** Rows of the view, drawn as far as they are seen. Focus stays on the grid; the active row is announced. */
export function PeopleGrid({ cycle, people, view, onSearch }: PeopleGridProps): ReactNode {
  const [address, change] = useAddress();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useActive(people, view, address.person);
  // Always the same number of rows: one that leaves at one edge is used again at the other, nothing is built or thrown
  // away while scrolling.
  const windowOf = useCallback(({ startIndex, count }: Range): number[] => {
    const height = scroller.current?.clientHeight ?? 0;
    const size = Math.min(Math.ceil(height / ROW) + 1 + 2 * BEYOND, count);
    const first = Math.min(Math.max(startIndex - BEYOND, 0), count - size);
    return Array.from({ length: size }, (_, at) => first + at);
  }, []);
  const rows = useVirtualizer({
    count: view.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    rangeExtractor: windowOf,
  });
  const drawn = rows.getVirtualItems();
  const isAddressed = useRef(address.person !== null);
  useEffect(() => {
    if (isAddressed.current) rows.scrollToIndex(active, { align: 'center' });
    isAddressed.current = false;
  }, [rows, active]);
  const userIdAt = (at: number): string | null => people.columns.userId[view[at] ?? -1] ?? null;
  useFollow(address, userIdAt(active), (person) => change({ person, metric: null }));
  const openAt = (at: number): void => {
    setActive(at);
    change({ person: userIdAt(at), metric: null }, address.person === null);
  };
  const moveTo = (at: number): void => {
    const next = Math.min(Math.max(at, 0), view.length - 1);
    setActive(next);
    rows.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 2, 1);
    const act = actionOf(event.key, { active, page, last: view.length - 1 });
    if (act === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (act === 'open') openAt(active);
    else if (act === 'close') change({ person: null, metric: null });
    else if (act === 'search') onSearch();
    else moveTo(act);
  };
  return (
    <div
      className="grid"
      role="grid"
      tabIndex={0}
      ref={scroller}
      style={limitsOf(cycle.thresholds)}
      aria-label={deskText['list.label']}
      aria-rowcount={view.length + 1}
      aria-activedescendant={view.length > 0 ? `row-${view[active]}` : undefined}
      onKeyDown={onKeyDown}
    >
      <HeaderRow address={address} onSort={(part) => change(part)} />
      <div className="rows" role="rowgroup" style={{ height: rows.getTotalSize() }}>
        {drawn.map(({ index, start }) => (
          <PersonRow
            key={index % drawn.length}
            people={people}
            row={view[index] ?? 0}
            position={index}
            top={start}
            isActive={index === active}
            isOpen={address.person !== null && userIdAt(index) === address.person}
            onOpen={() => openAt(index)}
          />
        ))}
      </div>
    </div>
  );
}

/** Where the marks of the score bars stand: the limits of the model version. */
const limitsOf = ({ trainHundredths, transitionHundredths }: Thresholds): CSSProperties =>
  ({
    '--train-at': `${trainHundredths / 100}%`,
    '--transition-at': `${transitionHundredths / 100}%`,
  }) as CSSProperties;

/** The active position; a person named by the address is active first. */
function useActive(
  people: CyclePeopleAnswer,
  view: Uint32Array,
  person: string | null,
): [number, (at: number) => void] {
  const [row, setRow] = useState(() => (person === null ? -1 : people.columns.userId.indexOf(person)));
  const at = Math.max(view.indexOf(row), 0);
  return [at, (next) => setRow(view[next] ?? -1)];
}

/** While a person is open, the panel follows the active row. */
function useFollow(address: Address, userId: string | null, open: (person: string) => void): void {
  const latest = useRef(open);
  latest.current = open;
  const opened = useRef(address.person);
  const isOpen = address.person !== null;
  useEffect(() => {
    // Someone opened from elsewhere (link, previous/next) is not overruled by the row that was active before.
    if (address.person !== opened.current) {
      opened.current = address.person;
      return;
    }
    if (!isOpen || userId === null || userId === address.person) return;
    const timer = setTimeout(() => {
      opened.current = userId;
      latest.current(userId);
    }, FOLLOW_MS);
    return () => clearTimeout(timer);
  }, [isOpen, userId, address.person]);
}

interface Position {
  active: number;
  page: number;
  last: number;
}

/** What a key does: a position to move to, or a word. */
function actionOf(
  key: string,
  { active, page, last }: Position,
): number | 'open' | 'close' | 'search' | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
    case 'J':
      return active + 1;
    case 'ArrowUp':
    case 'k':
    case 'K':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'Enter':
      return 'open';
    case 'Escape':
      return 'close';
    case '/':
      return 'search';
    default:
      return null;
  }
}

function HeaderRow({
  address,
  onSort,
}: {
  address: Address;
  onSort: (part: Partial<Address>) => void;
}): ReactNode {
  return (
    <div className="row header" role="row" aria-rowindex={1}>
      {COLUMNS.map(([key, name]) => {
        const isSorted = address.sort === key;
        const direction = address.isDescending ? 'descending' : 'ascending';
        const next = isSorted ? !address.isDescending : FROM_TOP.has(key);
        return (
          <div key={key} role="columnheader" className={key} aria-sort={isSorted ? direction : 'none'}>
            <button tabIndex={-1} onClick={() => onSort({ sort: key, isDescending: next })}>
              <span>{name}</span>
              {isSorted ? <Icon name={address.isDescending ? 'down' : 'up'} size="x" /> : null}
            </button>
          </div>
        );
      })}
    </div>
  );
}
