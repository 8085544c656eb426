import {
  decideText,
  deskText,
  roleChangeStateNames,
  roleChangeStates,
  type RoleChangeState,
  type Tier,
} from '@shigang/shared';
import type { CyclePeopleAnswer } from '@shigang/shared/answers';

/*
 * Filtering and sorting of the columnar list. Columns stay arrays; a view is a Uint32Array of row numbers and a sort
 * key `key · 2²⁰ + row` in a Float64Array: natively sorted, stable, no object per person.
 */

/** 2²⁰ rows at most; the answer is bounded far below. */
const ROWS = 2 ** 20;
/** What the list calls a person's result: a tier, or beyond the tiers "later" and "left". */
export const RESULTS = ['transition', 'train', 'reassign', 'insufficient_data', 'later', 'left'] as const;
export type Result = Tier | 'later' | 'left';
const LATER = 4;
const LEFT = 5;
/** Sorts behind every real score or change, whatever the direction. */
const ABSENT = -1;

export const SORT_KEYS = ['name', 'department', 'score', 'change', 'result', 'gap', 'decision'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface ViewQuery {
  /** Part of a name or job number. */
  text: string;
  /** Index of a department, null = all; a negative one (an old link) matches nobody. */
  department: number | null;
  result: Result | null;
  state: PersonState | null;
  sort: SortKey;
  isDescending: boolean;
}

/** How far a person's case is: before publication the decision, afterwards the role change. */
const DECISION_STATES = ['undecided', 'confirmed', 'overridden', 'later'] as const;
export const STATES = [...DECISION_STATES, ...roleChangeStates, 'notice'] as const;
/** `notice`: its notice is one that HR has to look at; stands beside the other states. */
export type PersonState = (typeof DECISION_STATES)[number] | RoleChangeState | 'notice';
const TROUBLED = 2;

export function stateAt(people: CyclePeopleAnswer, row: number): PersonState {
  const change = roleChangeStates[people.columns.change[row] ?? -1];
  return change ?? DECISION_STATES[decisionAt(people, row)];
}

export const isNoticeTroubled = ({ columns }: CyclePeopleAnswer, row: number): boolean =>
  columns.notice[row] === TROUBLED;

export function stateName(state: PersonState): string {
  if (state === 'notice') return decideText['list.notice'];
  return isDecisionState(state) ? deskText[`list.${state}`] : roleChangeStateNames[state];
}
const isDecisionState = (state: PersonState): state is (typeof DECISION_STATES)[number] =>
  (DECISION_STATES as readonly string[]).includes(state);

/** States that a cycle's list can be narrowed to. */
export const filterStates = (isPublished: boolean): readonly PersonState[] =>
  isPublished ? ['open', 'returned', 'agreed', 'effective', 'kept', 'cancelled', 'notice'] : DECISION_STATES;

/** How many people are in each state. */
export function countStates(people: CyclePeopleAnswer): ReadonlyMap<PersonState, number> {
  const counts = new Map<PersonState, number>();
  const add = (state: PersonState): void => void counts.set(state, (counts.get(state) ?? 0) + 1);
  for (let row = 0; row < people.rows; row++) {
    add(stateAt(people, row));
    if (isNoticeTroubled(people, row)) add('notice');
  }
  return counts;
}

/** Position in RESULTS of row `row`: left, else the decision, else the suggestion. */
export function resultAt({ columns }: CyclePeopleAnswer, row: number): number {
  if (columns.left[row] === 1) return LEFT;
  const decision = columns.decision[row] ?? -1;
  return decision >= 0 ? decision : (columns.suggestedTier[row] ?? LATER);
}

/** Change of the score in hundredths against the quarter before, null without one of both. */
export function changeAt({ columns }: CyclePeopleAnswer, row: number): number | null {
  const [now, before] = [
    columns.scoreHundredths[row] ?? ABSENT,
    columns.previousScoreHundredths[row] ?? ABSENT,
  ];
  return now < 0 || before < 0 ? null : now - before;
}

/** Row numbers that match, in order. */
export function viewOf(people: CyclePeopleAnswer, query: ViewQuery, ranks: NameRanks): Uint32Array {
  const rows = matching(people, query);
  const keyOf = keyer(people, query.sort, ranks);
  const sign = query.isDescending ? -1 : 1;
  const keys = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const key = keyOf(row);
    // People without a value stand last in both directions.
    keys[at] = (key === null ? ROWS : sign * key) * ROWS + row;
  }
  keys.sort();
  return Uint32Array.from(keys, (key) => ((key % ROWS) + ROWS) % ROWS);
}

function matching(people: CyclePeopleAnswer, query: ViewQuery): number[] {
  const { columns, rows } = people;
  const { department } = query;
  const text = query.text.trim().toLowerCase();
  const wanted = query.result === null ? null : RESULTS.indexOf(query.result);
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (department !== null && (department < 0 || columns.department[row] !== department)) continue;
    if (wanted !== null && resultAt(people, row) !== wanted) continue;
    if (query.state !== null && !isInState(people, row, query.state)) continue;
    if (text !== '' && !hasText(people, row, text)) continue;
    found.push(row);
  }
  return found;
}

const isInState = (people: CyclePeopleAnswer, row: number, state: PersonState): boolean =>
  state === 'notice' ? isNoticeTroubled(people, row) : stateAt(people, row) === state;

const hasText = ({ columns }: CyclePeopleAnswer, row: number, text: string): boolean =>
  (columns.name[row] ?? '').toLowerCase().includes(text) ||
  (columns.jobNumber[row] ?? '').toLowerCase().includes(text);

type KeyOf = (row: number) => number | null;

function keyer(people: CyclePeopleAnswer, sort: SortKey, ranks: NameRanks): KeyOf {
  const { columns } = people;
  switch (sort) {
    case 'name':
      return (row) => ranks.names()[row] ?? null;
    case 'department':
      return (row) => present(columns.department[row], ranks.departments());
    case 'score':
      return (row) => present(columns.scoreHundredths[row], null);
    case 'change':
      return (row) => changeAt(people, row);
    case 'result':
      return (row) => resultAt(people, row);
    case 'gap':
      return (row) => present(columns.gap[row], null);
    case 'decision':
      return (row) => STATES.indexOf(stateAt(people, row));
  }
}

function present(value: number | undefined, ranks: Uint32Array | null): number | null {
  if (value === undefined || value < 0) return null;
  return ranks === null ? value : (ranks[value] ?? null);
}

/** 0 open, 1 as suggested, 2 another tier, 3 later. */
function decisionAt({ columns }: CyclePeopleAnswer, row: number): 0 | 1 | 2 | 3 {
  const decision = columns.decision[row] ?? -1;
  if (decision < 0) return 0;
  if (decision === LATER) return 3;
  return decision === columns.suggestedTier[row] ? 1 : 2;
}

/** Where each name and department stands in the order of pinyin; worked out once, when first sorted by. */
export interface NameRanks {
  names: () => Uint32Array;
  departments: () => Uint32Array;
}

export function rankNames(people: CyclePeopleAnswer): NameRanks {
  const collator = new Intl.Collator('zh-CN-u-co-pinyin');
  const lazily = (words: readonly string[]): (() => Uint32Array) => {
    let ranks: Uint32Array | null = null;
    return () => (ranks ??= ranksOf(words, collator));
  };
  return { names: lazily(people.columns.name), departments: lazily(people.departments) };
}

function ranksOf(words: readonly string[], collator: Intl.Collator): Uint32Array {
  const distinct = [...new Set(words)].sort(collator.compare);
  const rank = new Map(distinct.map((word, position) => [word, position]));
  return Uint32Array.from(words, (word) => rank.get(word) ?? 0);
}

/** People per band of two points, for the picture of the distribution. */
export function histogramOf({ columns }: CyclePeopleAnswer): Uint32Array {
  const bands = new Uint32Array(50);
  for (const score of columns.scoreHundredths) {
    if (score < 0) continue;
    const band = Math.min(Math.floor(score / 200), 49);
    bands[band] = (bands[band] ?? 0) + 1;
  }
  return bands;
}
