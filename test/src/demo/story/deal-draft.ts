import { addDays, daysBetween, earlierOf, isWorkday, laterOf, type Day } from './calendar.ts';
import { AMOUNTS, PRODUCTS, SEGMENT_NAMES, type Segment } from './catalogue.ts';
import { RECORDED_UNTIL, type SalesPerson } from './people.ts';
import type { Random } from './random.ts';
import { yuan, type Row } from './rows.ts';

/** A deal before it gets its number: whose, which kind, how it went and when. `closedOn` null: still open. */
export interface DealDraft {
  readonly person: SalesPerson;
  readonly segment: Segment;
  readonly status: 'open' | 'won' | 'lost';
  readonly openedOn: Day;
  readonly closedOn: Day | null;
  readonly customer: string;
  /** Whole yuan; null: not yet known. */
  readonly amount: number | null;
  /** Of deals that are told by themselves; else by chance. */
  readonly contractYears?: number;
  readonly product?: string;
}

const STATUS = { open: '进行中', won: '赢单', lost: '输单' } as const;
const STEP = 20;

export const amountOf = (random: Random, segment: Segment): number => {
  const { from, to } = AMOUNTS[segment];
  return from + STEP * random.int(0, (to - from) / STEP);
};

/**
 * The day near `wanted` on which a deal of `days` days closes, so that it also opened on a workday.
 * Stays in `[from, to]`; the opening may lie before `from`.
 */
export function closingDay(wanted: Day, days: number, [from, to]: readonly [Day, Day]): Day {
  for (let step = 0; step <= 40; step += 1) {
    const day = addDays(wanted, step % 2 === 0 ? step / 2 : -(step + 1) / 2);
    if (day < from || day > to) continue;
    if (isWorkday(day) && isWorkday(addDays(day, -days))) return day;
  }
  return laterOf(from, earlierOf(to, wanted));
}

/** When and how far the money of a won deal came in: nearly always in full within weeks. */
function collection(random: Random, amount: number, closedOn: Day): Row {
  const collectedOn = addDays(closedOn, random.int(0, 40));
  if (collectedOn > RECORDED_UNTIL) return {};
  const paid = random.chance(92) ? amount : Math.floor(amount / 2 / STEP) * STEP;
  return { collected_amount: yuan(paid), collected_on: collectedOn };
}

/** The columns of a deal, all but its number. */
export function dealRow(random: Random, draft: DealDraft): Row {
  const { person, segment, status, amount, closedOn } = draft;
  const years = draft.contractYears ?? (segment === 'small' ? 1 : random.int(1, 3));
  return {
    customer: draft.customer,
    employee: person.name,
    product: draft.product ?? random.pick(PRODUCTS[segment]),
    segment: amount === null ? '' : SEGMENT_NAMES[segment],
    amount: amount === null ? '' : yuan(amount),
    status: STATUS[status],
    opened_on: draft.openedOn,
    closed_on: closedOn ?? '',
    contract_years: status === 'won' ? String(years) : '',
    ...(status === 'won' && amount !== null && closedOn !== null ? collection(random, amount, closedOn) : {}),
  };
}

/** Days for which somebody works here within `[from, to]`; null when none. */
export function employedWithin(person: SalesPerson, from: Day, to: Day): readonly [Day, Day] | null {
  const first = laterOf(from, person.hiredOn);
  const last = earlierOf(to, person.leftOn ?? to);
  return daysBetween(first, last) < 0 ? null : [first, last];
}
