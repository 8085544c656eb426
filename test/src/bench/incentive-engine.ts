import {
  addDays,
  DealLine,
  parsePlan,
  period,
  PlanBook,
  priceStatement,
  renderFormulas,
  type CreditedDeal,
  type EmployeeFacts,
  type LineHead,
} from '@shigang/shared';
import { salesFile, smallAccount } from '../factories/incentive-cases.ts';
import { alternate, numberOption, seeded } from './measure/alternate.ts';

/*
 * Bench `incentive-engine`: the pure engine over 1,000,000 deal lines in memory, with explanations, against a loop that
 * somebody would write by hand for this one plan, building the same line objects and formula texts.
 */

const employees = numberOption('employees', 20_000);
const dealsEach = numberOption('deals', 50);
const Q3 = period('2026Q3');
/** As the reader of the database hands them out. */
const NO_REFUNDS: CreditedDeal['refunds'] = [];
const book = new PlanBook([{ ...parsePlan(salesFile()), version: 2 }]);
const spans = book.spansOf(smallAccount());
const people = Array.from({ length: employees }, (_, person) => factsOf(person));

let oursSum = 0;
let baselineSum = 0;
const result = await alternate({ ours, baseline });
if (oursSum !== baselineSum) throw new Error(`the sides disagree: ${oursSum} and ${baselineSum}`);
const rows = employees * dealsEach;
process.stdout.write(`${JSON.stringify({ name: 'incentive-engine', rows, bar: 1.3, ...result })}\n`);

function ours(): void {
  oursSum = 0;
  for (const facts of people) {
    const statement = priceStatement({ period: Q3, spans, facts, clawbackMonths: 12 });
    for (const group of statement.groups) oursSum += renderFormulas(1, group).join('').length;
    oursSum += statement.totalFen + (statement.comparison?.totalFen ?? 0);
  }
}

function baseline(): void {
  baselineSum = 0;
  const head = { planId: 'sales', planVersion: 2, component: 'deal' } as unknown as LineHead;
  for (const { deals } of people) {
    const lines: DealLine[] = [];
    const texts: string[] = [];
    let total = 0;
    let old = 0;
    for (const deal of deals) {
      const amountFen = Math.floor((deal.shareFen * 160 + 10_000) / 20_000);
      total += amountFen;
      old += Math.floor((deal.shareFen * 200 + 10_000) / 20_000);
      // prettier-ignore
      lines.push(new DealLine(head, deal.anchorOn, deal.dealId, amountFen, deal.dealFen, deal.shareBp, deal.shareFen));
      texts.push(`${yuan(deal.dealFen)} 元 × 0.8% = ${yuan(amountFen)} 元`);
    }
    baselineSum += texts.join('').length + total + old;
  }
}

/** As one writes it by hand: integer parts and groups of three. */
function yuan(fen: number): string {
  const whole = Math.floor(fen / 100);
  const cents = fen % 100;
  const tail = cents < 10 ? `.0${cents}` : `.${cents}`;
  if (whole < 1_000) return whole + tail;
  const low = whole % 1_000;
  const middle = low < 10 ? `,00${low}` : low < 100 ? `,0${low}` : `,${low}`;
  const high = Math.floor(whole / 1_000);
  if (high < 1_000) return high + middle + tail;
  const next = high % 1_000;
  const upper = next < 10 ? `,00${next}` : next < 100 ? `,0${next}` : `,${next}`;
  return Math.floor(high / 1_000) + upper + middle + tail;
}

function factsOf(person: number): EmployeeFacts {
  const random = seeded(person + 1);
  const deals = Array.from({ length: dealsEach }, (_, at): CreditedDeal => {
    const dealFen = 100_000 + random(20_000_000);
    const anchorOn = addDays('2026-07-01', Math.floor((at * 92) / dealsEach));
    const dealId = `D${String(person * dealsEach + at).padStart(9, '0')}`;
    return {
      anchorOn,
      dealId,
      dealFen,
      shareBp: 10_000,
      shareFen: dealFen,
      segment: 'large',
      refunds: NO_REFUNDS,
    };
  });
  return { deals, renewals: [], scores: [], collaborations: [], dueRenewals: [] };
}
