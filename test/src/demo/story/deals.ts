import { addDays, type Day } from './calendar.ts';
import { customersOf } from './catalogue.ts';
import { dealRow, type DealDraft } from './deal-draft.ts';
import { otherDeals } from './history-deals.ts';
import { SHARING, WINDOW_FROM, type SalesPerson } from './people.ts';
import { randomOf } from './random.ts';
import { numbered, yuan, type Row } from './rows.ts';
import { WINDOW_TARGETS } from './targets.ts';
import { windowDeals } from './window-deals.ts';

/** Two customers took their money back in 2026Q3, one of them half of it. */
const REFUNDS: readonly { readonly userid: string; readonly soldFrom: Day; readonly part: 1 | 2 }[] = [
  { userid: 'youjia', soldFrom: '2026-07-01', part: 1 },
  { userid: 'chuyun', soldFrom: '2026-07-01', part: 2 },
];
const REFUND_AFTER_DAYS = 18;
/** Every so many-th large or medium deal won in the window by someone who shares is shared. */
const SHARED_EVERY = 3;
const SHARE_SPLITS = [
  [7000, 3000],
  [6000, 4000],
  [5000, 5000],
] as const;

/** Shares of a deal that two colleagues of one team won together, in basis points. */
function creditsOf(draft: DealDraft, count: number, people: readonly SalesPerson[]): Row {
  const { person } = draft;
  const partner = people.find(
    (other) => other.team === person.team && other.userid !== person.userid && sharing(other),
  );
  const split = SHARE_SPLITS[Math.floor(count / SHARED_EVERY) % SHARE_SPLITS.length];
  if (!partner || !split) return {};
  return { credits: `${person.name}:${split[0]};${partner.name}:${split[1]}` };
}

const sharing = (person: SalesPerson): boolean => (SHARING as readonly string[]).includes(person.userid);

function refundOf(draft: DealDraft, done: Set<string>): Row {
  const rule = REFUNDS.find(({ userid }) => userid === draft.person.userid);
  if (!rule || done.has(rule.userid) || draft.status !== 'won' || draft.segment !== 'small') return {};
  if (draft.closedOn === null || draft.amount === null || draft.closedOn < rule.soldFrom) return {};
  done.add(rule.userid);
  return {
    collected_amount: yuan(draft.amount),
    collected_on: addDays(draft.closedOn, 2),
    refunded_amount: yuan(draft.amount / rule.part),
    refunded_on: addDays(draft.closedOn, REFUND_AFTER_DAYS),
  };
}

/** All deals of everybody, numbered in the order in which they were opened. */
export function dealRows(people: readonly SalesPerson[]): Row[] {
  const drafts = people.flatMap((person, index) => {
    const owner = { person, customers: customersOf(index) };
    const target = WINDOW_TARGETS.find(({ userid }) => userid === person.userid);
    return [...(target ? windowDeals(owner, target) : []), ...otherDeals(owner)];
  });
  const refunded = new Set<string>();
  let shareable = 0;
  const rows = drafts.map((draft, index) => {
    const random = randomOf(`${draft.person.userid} deal ${index}`);
    const row = { ...dealRow(random, draft), ...refundOf(draft, refunded) };
    const may = sharing(draft.person) && draft.status === 'won' && draft.segment !== 'small';
    if (!may || draft.closedOn === null || draft.closedOn < WINDOW_FROM) return row;
    shareable += 1;
    return shareable % SHARED_EVERY === 0 ? { ...row, ...creditsOf(draft, shareable, people) } : row;
  });
  return numbered(rows, 'deal_id', 'SJ', 'opened_on');
}
