import { decideText, deskText } from '@shigang/shared';
import type { CycleAnswer, CyclePeopleAnswer, Thresholds } from '@shigang/shared/answers';
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { useRows } from '../../../../desk/use-rows.ts';
import { Icon } from '../../../../widgets/icon.tsx';
import { useDeskLink, useDeskLinks } from '../desk-links.ts';
import { PersonRow } from './person-row.tsx';
import type { SortKey } from './people-view.ts';
import { useAddress, type Address } from '../use-address.ts';
import type { Picked } from './use-picked.ts';
import { useRowHeight } from './use-row-height.ts';

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
  /** Who is chosen for a bulk confirmation; null: nothing can be chosen. */
  picked: Picked | null;
  onSearch: () => void;
}

/** Rows of the view, drawn as far as they are seen. Focus stays on the grid; the active row is announced. */
export function PeopleGrid({ cycle, people, view, picked, onSearch }: PeopleGridProps): ReactNode {
  const [address, change] = useAddress();
  const scroller = useRef<HTMLDivElement>(null);
  const height = useRowHeight();
  const links = useDeskLinks();
  const { active, isListed, setActive } = useActive(people, view, address.person);
  const rows = useRows(scroller, { count: view.length, height });
  const drawn = rows.getVirtualItems();
  const isAddressed = useRef(address.person !== null);
  useEffect(() => {
    if (isAddressed.current) rows.scrollToIndex(active, { align: 'center' });
    isAddressed.current = false;
  }, [rows, active]);
  const userIdAt = (at: number): string | null => people.columns.userId[view[at] ?? -1] ?? null;
  // One who has left the list, by a filter or by what was just done, stays open: nobody is to be decided about unasked.
  useFollow(address, isListed ? userIdAt(active) : null, (person) => change({ person, metric: null }));
  const openAt = (at: number): void => {
    setActive(at);
    change({ person: userIdAt(at), metric: null }, address.person === null);
  };
  const moveTo = (at: number): void => {
    const next = Math.min(Math.max(at, 0), view.length - 1);
    setActive(next);
    rows.scrollToIndex(next);
  };
  useDeskLink('move', (by) => {
    const next = Math.min(Math.max(active + by, 0), view.length - 1);
    rows.scrollToIndex(next);
    openAt(next);
  });
  // Never the person shown before while the panel is still on its way, and one person per press.
  const confirmActive = (isHeld: boolean): void => {
    if (!isHeld && userIdAt(active) === address.person) links.confirm?.();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2, 1);
    const act = actionOf(event.key, { active, page, last: view.length - 1 });
    if (act === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (act === 'open') openAt(active);
    else if (act === 'close') change({ person: null, metric: null });
    else if (act === 'search') onSearch();
    else if (act === 'confirm') confirmActive(event.repeat);
    else if (act === 'pick') picked?.toggle([userIdAt(active) ?? '']);
    else moveTo(act);
  };
  return (
    <div
      className={picked === null ? 'grid' : 'grid picking'}
      role="grid"
      tabIndex={0}
      ref={scroller}
      style={limitsOf(cycle.thresholds)}
      aria-label={deskText['list.label']}
      aria-rowcount={view.length + 1}
      aria-activedescendant={view.length > 0 ? `row-${view[active]}` : undefined}
      onKeyDown={onKeyDown}
    >
      <HeaderRow address={address} onSort={(part) => change(part)} picked={picked} />
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
            isPicked={picked === null ? null : picked.has(userIdAt(index) ?? '')}
            onOpen={() => openAt(index)}
            onPick={() => picked?.toggle([userIdAt(index) ?? ''])}
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
): { active: number; isListed: boolean; setActive: (at: number) => void } {
  const [row, setRow] = useState(() => (person === null ? -1 : people.columns.userId.indexOf(person)));
  const at = view.indexOf(row);
  return { active: Math.max(at, 0), isListed: at >= 0, setActive: (next) => setRow(view[next] ?? -1) };
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
): number | 'open' | 'close' | 'search' | 'confirm' | 'pick' | null {
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
    case 'c':
    case 'C':
      return 'confirm';
    case 'x':
    case 'X':
      return 'pick';
    default:
      return null;
  }
}

interface HeaderRowProps {
  address: Address;
  onSort: (part: Partial<Address>) => void;
  picked: Picked | null;
}

function HeaderRow({ address, onSort, picked }: HeaderRowProps): ReactNode {
  return (
    <div className="row header" role="row" aria-rowindex={1}>
      {picked === null ? null : (
        <div role="columnheader" className="pick">
          <input
            type="checkbox"
            checked={picked.isAll}
            aria-label={decideText['pick.all']}
            onChange={picked.toggleAll}
          />
        </div>
      )}
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
