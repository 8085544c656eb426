import type { CycleSummary, SessionAbilities } from '@shigang/shared/answers';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { IconName } from '../widgets/icon.tsx';
import type { shellText } from '@shigang/shared';

type Words = keyof typeof shellText;
/** Headings of the navigation, in its order. */
export const DESK_GROUPS = ['review', 'data'] as const;
export type DeskGroup = (typeof DESK_GROUPS)[number];

/** Values of an address's pieces, by the name in braces. */
export type Keys = Readonly<Record<string, string>>;

/** One screen of the desk: where it lives, who may open it, where it stands in the navigation, how it is loaded. */
export interface DeskScreen {
  /** `/desk/…`; `{name}` is one piece and becomes a prop. `{cycleId}` says quarter and role. */
  readonly at: string;
  /** The server decides again at every read. */
  readonly may: keyof SessionAbilities;
  /** Null: reached from another screen. */
  readonly entry: NavigationEntry | null;
  /** Without navigation and top bar: paper. */
  readonly isBare: boolean;
  readonly load: () => Promise<unknown>;
  readonly Screen: LazyExoticComponent<ComponentType<Keys>>;
}
export interface NavigationEntry {
  readonly group: DeskGroup;
  readonly name: Extract<Words, `screen.${string}`>;
  readonly icon: IconName;
}

type KeyIn<Path extends string> = Path extends `${string}{${infer Key}}${infer Rest}`
  ? Key | KeyIn<Rest>
  : never;

/** A row of the table of screens; the screen's props are the pieces of its address. */
export function screen<Path extends `/desk/${string}`>(
  at: Path,
  row: {
    readonly may: keyof SessionAbilities;
    readonly entry?: NavigationEntry;
    readonly isBare?: boolean;
    readonly load: () => Promise<ComponentType<Readonly<Record<KeyIn<Path>, string>>>>;
  },
): DeskScreen {
  const { may, entry = null, isBare = false, load } = row;
  const Screen = lazy(async () => ({ default: (await load()) as ComponentType<Keys> }));
  return { at, may, entry, isBare, load, Screen };
}

/** The screen of an address with the values of its pieces. */
export interface Route {
  readonly screen: DeskScreen;
  readonly keys: Keys;
}

/** Null: no screen lives there. */
export function routeOf(screens: readonly DeskScreen[], href: string): Route | null {
  const [path = ''] = href.split('?');
  for (const one of screens) {
    const keys = keysIn(one.at, path);
    if (keys !== null) return { screen: one, keys };
  }
  return null;
}

function keysIn(at: string, path: string): Keys | null {
  const [asked, known] = [path.split('/'), at.split('/')];
  if (asked.length !== known.length) return null;
  const keys: Record<string, string> = {};
  for (const [position, piece] of known.entries()) {
    const value = asked[position] ?? '';
    const name = /^\{(.+)\}$/.exec(piece)?.[1];
    if (name === undefined ? value !== piece : value === '') return null;
    if (name === undefined) continue;
    const decoded = tryDecode(value);
    if (decoded === null) return null;
    keys[name] = decoded;
  }
  return keys;
}

const tryDecode = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** Where a screen lives for a quarter and role. Null: no cycle is known, the desk finds one. */
export function hrefOf({ at }: DeskScreen, cycle: CycleSummary | null, keys: Keys = {}): string {
  if (cycle === null) return at.includes('{') ? '/desk' : at;
  const values: Keys = { ...keys, cycleId: cycle.cycleId };
  const path = at.replace(/\{(\w+)\}/g, (_piece, name: string) => encodeURIComponent(values[name] ?? ''));
  return at.includes('{cycleId}') ? path : `${path}?period=${cycle.period}&role=${cycle.role}`;
}
