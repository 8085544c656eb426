import { AppError } from '../errors/app-error.ts';
import type { DayString } from '../period/day.ts';
import {
  ClawbackLine,
  DealLine,
  IndexLine,
  IndexReading,
  LineHead,
  RenewalLine,
  RewardLine,
  SatisfactionLine,
  type Line,
  type LineKind,
} from './line.ts';
import type { IndexMetric } from './plan/plan.ts';
import type { LineGroup, PlanName, Statement } from './statement.ts';
import { FULL_SHARE_BP } from './credit-split.ts';

/**
 * Format of the stored document. A reader and a formula renderer exist for every format ever written; once released
 * neither is edited, a change is a new format.
 */
export const DOCUMENT_FORMAT = 1;

/** What a stored document says; totals stand beside it in the statement's row. */
export interface StatementDocument {
  readonly format: typeof DOCUMENT_FORMAT;
  readonly plans: readonly PlanName[];
  readonly comparisonName: string | null;
  readonly groups: readonly LineGroup[];
}

/**
 * A statement's lines as one compact canonical text: what is common to a group stands once in its head, the order of
 * keys, groups and lines is fixed, so that the same statement is the same bytes. Formula texts are not in it: they are
 * rendered from the inputs.
 */
export function writeDocument(statement: Statement): string {
  const plans = statement.plans.map((plan) => [plan.id, plan.version]);
  const head = JSON.stringify([DOCUMENT_FORMAT, plans, statement.comparison?.name ?? null]);
  let text = `${head.slice(0, -1)},[`;
  for (const [position, group] of statement.groups.entries()) {
    if (position > 0) text += ',';
    text += writeGroup(group);
  }
  return `${text}]]`;
}

function writeGroup({ head, lines }: LineGroup): string {
  const { planId, planVersion, order, component, kind, price } = head;
  let text = `${JSON.stringify([planId, planVersion, order, component, kind, price]).slice(0, -1)},[`;
  let separator = '';
  for (const line of lines) {
    text += separator + writeLine(line);
    separator = ',';
  }
  return `${text}]]`;
}

function writeLine(line: Line): string {
  const start = `["${line.anchorOn}",${quoted(line.sourceId)},${line.amountFen}`;
  switch (line.kind) {
    case 'revenue_commission':
      return line.shareBp === FULL_SHARE_BP
        ? `${start},${line.dealFen}]`
        : `${start},${line.dealFen},${line.shareBp},${line.shareFen}]`;
    case 'renewal_commission':
      return line.shareBp === FULL_SHARE_BP
        ? `${start},${line.contractFen},${line.years}]`
        : `${start},${line.contractFen},${line.years},${line.shareBp},${line.shareFen}]`;
    case 'coordination_reward':
      return `${start}]`;
    case 'satisfaction_bonus':
      return `${start},${line.count},${line.sumTenths},${line.atLeastHundredths}]`;
    case 'weighted_index_bonus':
      return `${start},${JSON.stringify(line.readings.map(readingValues))}]`;
    case 'clawback': {
      const amounts = `${line.paidFen},${line.baseFen},${line.refundedFen},${line.clawedFen}`;
      return `${start},${quoted(line.refundRef)},"${line.originOn}",${amounts}]`;
    }
  }
}

const readingValues = (reading: IndexReading): unknown[] => [
  reading.metric,
  reading.weight,
  reading.floorTenThousandths,
  reading.targetTenThousandths,
  reading.valueTenThousandths,
  reading.n,
];

/** Ids are almost always plain; the test is much cheaper than JSON.stringify. */
const PLAIN = /^[\w.:-]*$/;
const quoted = (id: string): string => (PLAIN.test(id) ? `"${id}"` : JSON.stringify(id));

type Stored = readonly [DayString, string, number, ...unknown[]];
type StoredGroup = readonly [string, number, number, string, LineKind, number, readonly Stored[]];
type StoredReading = readonly [IndexMetric, number, number, number, number | null, number];
type StoredDocument = readonly [
  number,
  readonly (readonly [string, number])[],
  string | null,
  readonly StoredGroup[],
];

/** Reads what {@link writeDocument} wrote. @throws AppError incentive.document_unknown for another format */
export function readDocument(text: string): StatementDocument {
  const stored = JSON.parse(text) as StoredDocument;
  if (stored[0] !== DOCUMENT_FORMAT) {
    throw new AppError('incentive.document_unknown', { format: stored[0] });
  }
  return {
    format: DOCUMENT_FORMAT,
    plans: stored[1].map(([id, version]) => ({ id, version })),
    comparisonName: stored[2],
    groups: stored[3].map(readGroup),
  };
}

function readGroup(stored: StoredGroup): LineGroup {
  const [planId, planVersion, order, component, kind, price, storedLines] = stored;
  const head = new LineHead(planId, planVersion, order, component, kind, price);
  const read = readers[kind];
  const lines = storedLines.map((line) => read(head, line));
  return { head, lines, amountFen: lines.reduce((sum, line) => sum + line.amountFen, 0) };
}

const readers: Readonly<Record<LineKind, (head: LineHead, stored: Stored) => Line>> = {
  revenue_commission: (head, [anchorOn, sourceId, amountFen, ...rest]) => {
    const [dealFen, shareBp = FULL_SHARE_BP, shareFen = dealFen] = rest as [number, number?, number?];
    return new DealLine(head, anchorOn, sourceId, amountFen, dealFen, shareBp, shareFen);
  },
  renewal_commission: (head, [anchorOn, sourceId, amountFen, ...rest]) => {
    const [contractFen, years, bp = FULL_SHARE_BP, fen = contractFen] = rest as [
      number,
      number,
      number?,
      number?,
    ];
    return new RenewalLine(head, anchorOn, sourceId, amountFen, contractFen, bp, fen, years);
  },
  coordination_reward: (head, [anchorOn, sourceId, amountFen]) =>
    new RewardLine(head, anchorOn, sourceId, amountFen),
  satisfaction_bonus: (head, [anchorOn, sourceId, amountFen, ...rest]) => {
    const [count, sumTenths, atLeastHundredths] = rest as [number, number, number];
    return new SatisfactionLine(head, anchorOn, sourceId, amountFen, count, sumTenths, atLeastHundredths);
  },
  weighted_index_bonus: (head, [anchorOn, sourceId, amountFen, ...rest]) => {
    const [readings] = rest as [readonly StoredReading[]];
    return new IndexLine(
      head,
      anchorOn,
      sourceId,
      amountFen,
      readings.map((reading) => new IndexReading(...reading)),
    );
  },
  clawback: (head, [anchorOn, sourceId, amountFen, ...rest]) =>
    new ClawbackLine(
      head,
      anchorOn,
      sourceId,
      amountFen,
      ...(rest as [string, DayString, number, number, number, number]),
    ),
};
