import type {
  DevelopmentAnswer,
  EvidenceAnswer,
  HomeAnswer,
  MatchAnswer,
  StatementAnswer,
  TeamAnswer,
} from '@shigang/shared/answers';

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

/** What a person reads when a page has no data: `denied` covers "not yours" and "not there" alike. */
export interface ProblemAnswer {
  kind: 'denied' | 'failed' | 'no_statement';
  /** A number to quote to the administrator (the request id); null when there is none. */
  number: string | null;
}

/** Where a page lives. `period` is a quarter, for the statement also a month. */
export const paths = {
  home: (period?: string): string => `/${search(period)}`,
  statement: (period?: string): string => `/statement${search(period)}`,
  statementLine: (lineId: string, period: string): string =>
    `/statement/lines/${encodeURIComponent(lineId)}${search(period)}`,
  match: (period?: string): string => `/match${search(period)}`,
  evidence: (metric: string, period: string): string =>
    `/match/${encodeURIComponent(metric)}${search(period)}`,
  development: (period?: string): string => `/development${search(period)}`,
  team: (): string => '/team',
} as const;

const search = (period: string | undefined): string => (period === undefined ? '' : `?period=${period}`);
