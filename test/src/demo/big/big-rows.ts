import type { SqlScalar } from '@shigang/server';
import { addDays, at } from '../story/calendar.ts';
import type { Random } from '../story/random.ts';

/** How much of each kind: rows of deals, collaborations, feedback and renewals spread evenly over the employees. */
export interface BigDataSize {
  readonly employees: number;
  readonly deals: number;
  readonly collaborations: number;
  readonly feedback: number;
  readonly renewals: number;
}

type BigRow = SqlScalar[];

const FIRST_DAY = '2023-10-01';
/** Twelve quarters, 2023Q4 to 2026Q3. */
const DAYS = 1_096;
const NO_QUARTER = 9_999;
const EMPLOYEES_A_DEPARTMENT = 100;
const ROOT = 1;

/** All days of the twelve quarters and of a quarter after them, with the quarter's index year·4 + quarter − 1. */
const CALENDAR: readonly { readonly day: string; readonly quarter: number }[] = Array.from(
  { length: DAYS + 92 },
  (_, index) => {
    const day = addDays(FIRST_DAY, index);
    return { day, quarter: Number(day.slice(0, 4)) * 4 + Math.ceil(Number(day.slice(5, 7)) / 3) - 1 };
  },
);

const dayAt = (index: number): string => CALENDAR[index]?.day ?? '';
const quarterAt = (index: number): number => CALENDAR[index]?.quarter ?? NO_QUARTER;
const keyOf = (prefix: string, number: number): string => `${prefix}${String(number).padStart(8, '0')}`;

/** `u00000001`, counted from 1. */
export const bigUserId = (number: number): string => keyOf('u', number);
const departmentOf = (number: number): number => ROOT + Math.ceil(number / EMPLOYEES_A_DEPARTMENT);

export const ORG_COLUMNS = {
  departments: ['dept_id', 'name', 'parent_id', 'manager_user_ids', 'updated_at'],
  employees: ['user_id', 'name', 'job_number', 'main_dept_id', 'hired_on', 'updated_at'],
  employment_periods: ['user_id', 'hired_on'],
  department_memberships: ['user_id', 'dept_id', 'valid_from', 'is_main'],
  role_assignments: ['user_id', 'valid_from', 'role', 'source'],
  assessments: ['user_id', 'dimension', 'taken_on', 'score_ten_thousandths'],
} as const;

type OrgTable = keyof typeof ORG_COLUMNS;

/** Rows of the organisation's tables for the `number`-th employee, counted from 1; of the department for its first. */
export function orgRows(random: Random, number: number, now: Date): Record<OrgTable, BigRow[]> {
  const userId = bigUserId(number);
  const dept = departmentOf(number);
  const hiredOn = dayAt(random.chance(70) ? 0 : random.int(1, DAYS - 200));
  const moved = random.chance(10);
  const roles: BigRow[] = [[userId, hiredOn, 'small_account', 'import']];
  if (moved) roles.push([userId, dayAt(random.int(DAYS - 199, DAYS - 30)), 'large_account', 'import']);
  const opensDepartment = number % EMPLOYEES_A_DEPARTMENT === 1;
  return {
    departments: opensDepartment ? [[dept, `销售${dept}部`, ROOT, '[]', now]] : [],
    employees: [[userId, `员工${number}`, keyOf('S', number), dept, hiredOn, now]],
    employment_periods: [[userId, hiredOn]],
    department_memberships: [[userId, dept, hiredOn, 1]],
    role_assignments: roles,
    assessments: random.chance(90)
      ? [[userId, 'insight', dayAt(DAYS - random.int(1, 60)), random.int(20, 100) * 10_000]]
      : [],
  };
}

export const FACT_COLUMNS = {
  deals: [
    'deal_id',
    'user_id',
    'customer',
    'amount_fen',
    'status',
    'opened_on',
    'closed_on',
    'stated_segment',
    'contract_years',
    'credits',
    'opened_q',
    'closed_q',
  ],
  collaborations: [
    'collaboration_id',
    'user_id',
    'to_department',
    'requested_at',
    'responded_at',
    'resolved_at',
    'solved',
    'requested_q',
    'resolved_q',
    'response_sec',
  ],
  feedback: ['feedback_id', 'user_id', 'given_on', 'score_tenths', 'given_q'],
  renewals: ['renewal_id', 'user_id', 'due_on', 'renewed', 'renewed_on', 'amount_fen', 'years', 'due_q'],
} as const;

export type BigFact = keyof typeof FACT_COLUMNS;

/** Seven of ten deals are small, two large; lowest and highest amount in fen. */
const AMOUNTS = [
  { upTo: 70, from: 100_000, to: 499_999, segment: 'small' },
  { upTo: 80, from: 500_000, to: 999_999, segment: 'medium' },
  { upTo: 100, from: 1_000_000, to: 15_000_000, segment: 'large' },
] as const;

function dealRow(random: Random, number: number, employees: number): BigRow {
  const owner = random.int(1, employees);
  const kind = random.int(1, 100);
  const range = AMOUNTS.find(({ upTo }) => kind <= upTo) ?? AMOUNTS[2];
  const opened = random.int(0, DAYS - 1);
  const closed = opened + random.int(2, 60);
  const isOpen = closed >= DAYS || random.chance(3);
  const status = isOpen ? 'open' : random.chance(55) ? 'won' : 'lost';
  const partner = (owner % employees) + 1;
  const shared = random.chance(3) && employees > 1;
  return [
    keyOf('D', number),
    bigUserId(owner),
    `客户${random.int(1, employees * 5)}`,
    random.int(range.from, range.to),
    status,
    dayAt(opened),
    isOpen ? null : dayAt(closed),
    random.chance(50) ? range.segment : null,
    status === 'won' ? random.int(1, 3) : null,
    shared ? creditsText([owner, 7_000], [partner, 3_000]) : null,
    quarterAt(opened),
    isOpen ? NO_QUARTER : quarterAt(closed),
  ];
}

/** Stated shares as they are stored: JSON pairs in order of the userid. */
function creditsText(...shares: (readonly [number: number, bp: number])[]): string {
  const ordered = [...shares].sort(([a], [b]) => a - b);
  return JSON.stringify(ordered.map(([number, bp]) => [bigUserId(number), bp]));
}

function collaborationRow(random: Random, number: number, employees: number): BigRow {
  const requested = random.int(0, DAYS - 1);
  const minute = random.int(540, 1_020);
  const answered = random.chance(94) ? minute + random.int(15, 4_000) : null;
  const resolved = answered !== null && random.chance(75) ? answered + random.int(30, 4_000) : null;
  const time = (minutes: number): string =>
    at(dayAt(requested + Math.floor(minutes / 1_440)), minutes % 1_440);
  return [
    keyOf('C', number),
    bigUserId(random.int(1, employees)),
    `部门${random.int(1, 9)}`,
    time(minute),
    answered === null ? null : time(answered),
    resolved === null ? null : time(resolved),
    resolved === null ? null : random.chance(75) ? 1 : 0,
    quarterAt(requested),
    resolved === null ? NO_QUARTER : quarterAt(requested + Math.floor(resolved / 1_440)),
    answered === null ? null : (answered - minute) * 60,
  ];
}

function feedbackRow(random: Random, number: number, employees: number): BigRow {
  const given = random.int(0, DAYS - 1);
  const owner = bigUserId(random.int(1, employees));
  return [keyOf('F', number), owner, dayAt(given), random.int(60, 100), quarterAt(given)];
}

function renewalRow(random: Random, number: number, employees: number): BigRow {
  const due = random.int(0, DAYS - 1);
  const renewed = random.chance(65);
  return [
    keyOf('R', number),
    bigUserId(random.int(1, employees)),
    dayAt(due),
    renewed ? 1 : 0,
    renewed ? dayAt(Math.max(0, due - random.int(0, 30))) : null,
    renewed ? random.int(150_000, 3_000_000) : null,
    renewed ? random.int(1, 3) : null,
    quarterAt(due),
  ];
}

/** The `number`-th row of a kind, counted from 1, in the order of {@link FACT_COLUMNS}. */
export const factRow: Readonly<
  Record<BigFact, (random: Random, number: number, employees: number) => BigRow>
> = {
  deals: dealRow,
  collaborations: collaborationRow,
  feedback: feedbackRow,
  renewals: renewalRow,
};
