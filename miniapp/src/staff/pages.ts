import type { staffText } from '@shigang/shared';
import type {
  DevelopmentAnswer,
  EvidenceAnswer,
  HomeAnswer,
  MatchAnswer,
  SessionAbilities,
  StatementAnswer,
  TeamAnswer,
} from '@shigang/shared/answers';
import type { IconName } from '../widgets/icon.tsx';

/** A staff page with everything it shows; the same object renders on the server and hydrates in the browser. */
export type PageInput =
  | { page: 'home'; answer: HomeAnswer }
  | { page: 'statement'; answer: StatementAnswer; lineId: string | null }
  | { page: 'match'; answer: MatchAnswer }
  | { page: 'evidence'; answer: EvidenceAnswer }
  | { page: 'development'; answer: DevelopmentAnswer }
  | { page: 'team'; answer: TeamAnswer }
  | { page: 'problem'; answer: ProblemAnswer };
export type PageName = PageInput['page'];
export type StaffPageName = Exclude<PageName, 'problem'>;

/** What a person reads when a page has no data: `denied` covers "not yours" and "not there" alike. */
export interface ProblemAnswer {
  kind: 'denied' | 'failed' | 'no_statement';
  /** A number to quote to the administrator (the request id); null when there is none. */
  number: string | null;
}

type Words<Part extends string> = Extract<keyof typeof staffText, `${Part}.${string}`>;

/** The tabs, in their order; each leads to the page of its name. Drawn for whom the door is open. */
export const staffTabs = {
  home: { name: 'tab.home', icon: 'home', may: 'seesOwnFigures' },
  statement: { name: 'tab.statement', icon: 'yen', may: 'seesOwnFigures' },
  match: { name: 'tab.match', icon: 'target', may: 'seesOwnFigures' },
  development: { name: 'tab.development', icon: 'path', may: 'seesOwnFigures' },
  team: { name: 'tab.team', icon: 'team', may: 'managesTeam' },
} as const satisfies Partial<Record<StaffPageName, Tab>>;
export type StaffTab = keyof typeof staffTabs;
interface Tab {
  readonly name: Words<'tab'>;
  readonly icon: IconName;
  readonly may: keyof SessionAbilities;
}

/** One page: the server, the service worker, the tab bar and the tests read this table and nothing else. */
export interface StaffPage {
  /** Where it lives; `{name}` is one piece of the path. */
  readonly at: readonly [string, ...string[]];
  /** Words of the title bar. */
  readonly title: Words<'title'>;
  /** The tab that is lit. */
  readonly tab: StaffTab;
  /** Endpoint below /api/v1 whose answer it shows, and which parts of the address that takes. */
  readonly data: string;
  readonly asks: readonly string[];
  /** Whether a script takes over: never, always, or while a reply is open. Such a page carries its data. */
  readonly script: 'never' | 'always' | 'open_reply';
}

export const staffPages = {
  home: {
    at: ['/'],
    title: 'title.home',
    tab: 'home',
    data: '/me/home',
    asks: ['period'],
    script: 'never',
  },
  statement: {
    at: ['/statement', '/statement/lines/{lineId}'],
    title: 'title.statement',
    tab: 'statement',
    data: '/me/statement',
    asks: ['period'],
    script: 'always',
  },
  match: {
    at: ['/match'],
    title: 'title.match',
    tab: 'match',
    data: '/me/match',
    asks: ['period'],
    script: 'never',
  },
  evidence: {
    at: ['/match/{metric}'],
    title: 'title.evidence',
    tab: 'match',
    data: '/me/evidence',
    asks: ['period', 'metric', 'after'],
    script: 'never',
  },
  development: {
    at: ['/development'],
    title: 'title.development',
    tab: 'development',
    data: '/me/development',
    asks: ['period'],
    script: 'open_reply',
  },
  team: {
    at: ['/team'],
    title: 'title.team',
    tab: 'team',
    data: '/team',
    asks: [],
    script: 'never',
  },
} as const satisfies Record<StaffPageName, StaffPage>;

/** Where a page lives. `period` is a quarter, for the statement also a month. */
export const paths = {
  home: (period?: string): string => address('/', {}, period),
  statement: (period?: string): string => address('/statement', {}, period),
  statementLine: (lineId: string, period: string): string =>
    address('/statement/lines/{lineId}', { lineId }, period),
  match: (period?: string): string => address('/match', {}, period),
  evidence: (metric: string, period: string): string => address('/match/{metric}', { metric }, period),
  development: (period?: string): string => address('/development', {}, period),
  team: (): string => address('/team', {}),
} as const;

type Path = (typeof staffPages)[StaffPageName]['at'][number];
function address(at: Path, keys: Readonly<Record<string, string>>, period?: string): string {
  const path = at.replace(/\{(\w+)\}/g, (_piece, name: string) => encodeURIComponent(keys[name] ?? ''));
  return period === undefined ? path : `${path}?period=${period}`;
}
