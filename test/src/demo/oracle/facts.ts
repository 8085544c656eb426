import type { Row, Rows } from '../story/rows.ts';

/** What the oracle knows of a person. `leftOn` is the last working day; `hiredOn` null: always. */
export interface OraclePerson {
  readonly userid: string;
  readonly name: string;
  readonly department: string;
  readonly hiredOn: string | null;
  readonly leftOn: string | null;
}

export type OracleSegment = 'small' | 'medium' | 'large';

export interface OracleDeal {
  readonly id: string;
  readonly userid: string;
  readonly segment: OracleSegment | null;
  readonly amountFen: bigint | null;
  readonly status: 'open' | 'won' | 'lost';
  readonly openedOn: string;
  readonly closedOn: string;
  /** Shares in basis points by userid. */
  readonly credits: ReadonlyMap<string, bigint>;
}

/** All facts of the company, every value as in the file, employees by userid. */
export interface OracleFacts {
  readonly people: readonly OraclePerson[];
  readonly deals: readonly OracleDeal[];
  readonly roles: readonly Row[];
  readonly renewals: readonly Row[];
  readonly feedback: readonly Row[];
  readonly collaborations: readonly Row[];
  readonly trainings: readonly Row[];
  readonly assessments: readonly Row[];
}

/** Bounds of the segments in fen: from which amount on a deal is medium, and large. */
export interface SegmentBounds {
  readonly mediumFromFen: bigint;
  readonly largeFromFen: bigint;
}

export const DEFAULT_BOUNDS: SegmentBounds = { mediumFromFen: 500_000n, largeFromFen: 1_000_000n };

const STATUS: Readonly<Record<string, OracleDeal['status']>> = { 进行中: 'open', 赢单: 'won', 输单: 'lost' };
const SEGMENT: Readonly<Record<string, OracleSegment>> = {
  小客户: 'small',
  中客户: 'medium',
  大客户: 'large',
};
const ROLE: Readonly<Record<string, string>> = {
  中小客户销售: 'small_account',
  大客户销售: 'large_account',
  销售支持: 'sales_support',
};

/** `12600.00` → 1260000n. */
export function toFen(text: string): bigint {
  const [whole = '0', decimals = ''] = text.split('.');
  return BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0').slice(0, 2));
}

/** The segment by the amount alone. */
export function segmentOfAmount(amountFen: bigint, bounds: SegmentBounds): OracleSegment {
  if (amountFen < bounds.mediumFromFen) return 'small';
  return amountFen < bounds.largeFromFen ? 'medium' : 'large';
}

/** A stated segment is believed; a lost deal at 0 without one, or a deal without an amount, has none. */
export function segmentOf(
  deal: { stated: OracleSegment | null; amountFen: bigint | null; status: string },
  bounds: SegmentBounds,
): OracleSegment | null {
  if (deal.stated !== null) return deal.stated;
  if (deal.amountFen === null || (deal.status === 'lost' && deal.amountFen === 0n)) return null;
  return segmentOfAmount(deal.amountFen, bounds);
}

/** Facts of the demo workbook: names become userids, Chinese words the terms of the domain. */
export function factsOfWorkbook(rows: Rows, people: readonly OraclePerson[]): OracleFacts {
  const byName = new Map(people.map((person) => [person.name, person.userid]));
  const userid = (name: string | undefined): string => {
    const found = byName.get(name ?? '');
    if (found === undefined) throw new Error(`nobody is called ${name ?? ''}`);
    return found;
  };
  const known = (list: readonly Row[]): Row[] =>
    list.map((row) => ({ ...row, employee: userid(row.employee) }));
  const dealOf = (row: Row): OracleDeal => {
    const status = STATUS[row.status ?? ''];
    if (!status) throw new Error(`no status ${row.status ?? ''}`);
    const amountFen = row.amount ? toFen(row.amount) : null;
    const owner = userid(row.employee);
    const shares = (row.credits ?? '').split(';').filter((part) => part !== '');
    const credits = shares
      .map((part) => part.split(':'))
      .map(([name, share]) => [userid(name), BigInt(share ?? '0')] as const);
    return {
      id: row.deal_id ?? '',
      userid: owner,
      segment: segmentOf({ stated: SEGMENT[row.segment ?? ''] ?? null, amountFen, status }, DEFAULT_BOUNDS),
      amountFen,
      status,
      openedOn: row.opened_on ?? '',
      closedOn: row.closed_on ?? '',
      credits: new Map(credits.length > 0 ? credits : [[owner, 10_000n]]),
    };
  };
  return {
    people,
    deals: rows.deals.map(dealOf),
    roles: known(rows.roles).map((row) => ({ ...row, role: ROLE[row.role ?? ''] ?? '' })),
    renewals: known(rows.renewals),
    feedback: known(rows.feedback),
    collaborations: known(rows.collaborations),
    trainings: known(rows.trainings),
    assessments: known(rows.assessments),
  };
}
