import { Importing, type ImportedPerson } from '@shigang/test';
import type { ImportReport } from './index.ts';

jest.setTimeout(60_000);
let house: Importing;
/** Two namesakes (one of them gone), somebody whose name is another's userid, and a leaver. */
const people: readonly ImportedPerson[] = [
  ['zhangsan', '张三', 'S001', '2023-04-01', null],
  ['lisi', '李四', 'S002', '2022-03-07', null],
  ['wangwei1', '王伟', 'S021', '2022-01-01', null],
  ['wangwei2', '王伟', 'S034', '2022-01-01', '2025-06-30'],
  ['wangwei3', '王伟', 'S035', '2026-01-01', null],
  ['odd', 'lisi', 'S099', '2022-01-01', null],
  ['leaver', '老周', 'S040', '2020-01-01', '2024-12-31'],
];

beforeAll(async () => {
  house = await Importing.open(people);
});

const load = (kind: string, header: string, rows: string, options: object = {}): Promise<ImportReport> =>
  house.load(kind, house.saved(`${header}\n${rows}\n`), options);

const DEALS =
  'deal_id,employee,amount,status,opened_on,closed_on,segment,contract_years,credits,refunded_amount,refunded_on';
const RENEWALS = 'renewal_id,employee,due_on,renewed,renewed_on,amount,years,credits';
const FEEDBACK = 'feedback_id,employee,given_on,score,text';
const COLLABORATIONS = 'collaboration_id,employee,requested_at,responded_at,resolved_at,solved';
const ATTENDANCE = 'employee,date,scheduled,worked,leave';

describe('a refused row says where, what and why', () => {
  test.each([
    // required
    ['deals', DEALS, ',zhangsan,1,won,,2026-07-01', 'required', 'deal_id', null],
    ['deals', DEALS, 'A,,1,won,,2026-07-01', 'required', 'employee', null],
    ['deals', DEALS, 'A,zhangsan,,won,,2026-07-01', 'required', 'amount', null],
    ['deals', DEALS, 'A,zhangsan,1,lost,,', 'required', 'closed_on', null],
    ['deals', DEALS, 'A,zhangsan,1,,,2026-07-01', 'required', 'status', null],
    ['deals', DEALS, 'A,zhangsan,100,won,,2026-07-01,,,,5,', 'required', 'refunded_on', null],
    ['renewals', RENEWALS, 'R,zhangsan,2026-07-01,是,,100', 'required', 'renewed_on', null],
    ['renewals', RENEWALS, 'R,zhangsan,2026-07-01,是,2026-07-01,', 'required', 'amount', null],
    ['feedback', FEEDBACK, 'F,zhangsan,2026-07-01,,', 'required', 'score', null],
    [
      'collaborations',
      COLLABORATIONS,
      'C,zhangsan,2026-07-01 09:00,,2026-07-02 09:00,',
      'required',
      'solved',
      null,
    ],
    // type
    ['deals', DEALS, 'A,zhangsan,十五万,won,,2026-07-01', 'type', 'amount', '十五万'],
    ['deals', DEALS, 'A,zhangsan,1.005,won,,2026-07-01', 'type', 'amount', '1.005'],
    ['deals', DEALS, 'A,zhangsan,"1,50",won,,2026-07-01', 'type', 'amount', '1,50'],
    ['deals', DEALS, 'A,zhangsan,1,won,,2026-07-01,,2.5', 'type', 'contract_years', '2.5'],
    ['deals', DEALS, 'A,zhangsan,1,won,,2026-07-01,,,zhangsan=7000', 'type', 'credits', 'zhangsan=7000'],
    ['renewals', RENEWALS, 'R,zhangsan,2026-07-01,也许', 'type', 'renewed', '也许'],
    ['feedback', FEEDBACK, 'F,zhangsan,2026-07-01,9.25,', 'type', 'score', '9.25'],
    // range
    ['deals', DEALS, 'A,zhangsan,-1,won,,2026-07-01', 'range', 'amount', '-1'],
    [
      'deals',
      DEALS,
      'A,zhangsan,99999999999999999999,won,,2026-07-01',
      'range',
      'amount',
      '99999999999999999999',
    ],
    [
      'deals',
      DEALS,
      'A,zhangsan,100,won,,2026-07-01,,,,100.01,2026-08-01',
      'range',
      'refunded_amount',
      '100.01',
    ],
    ['deals', DEALS, 'A,zhangsan,100,won,,2026-07-01,,0', 'range', 'contract_years', '0'],
    [
      'deals',
      DEALS,
      'A,zhangsan,100,won,,2026-07-01,,,zhangsan:0;lisi:10000',
      'range',
      'credits',
      'zhangsan:0;lisi:10000',
    ],
    ['feedback', FEEDBACK, 'F,zhangsan,2026-07-01,10.1,', 'range', 'score', '10.1'],
    [
      'assessments',
      'employee,dimension,taken_on,score',
      'zhangsan,insight,2026-07-01,100.0001',
      'range',
      'score',
      '100.0001',
    ],
    ['attendance', ATTENDANCE, 'zhangsan,2026-07-01,1,1.5,', 'range', 'worked', '1.5'],
    // date
    ['deals', DEALS, 'A,zhangsan,1,won,,2026/2/30', 'date', 'closed_on', '2026/2/30'],
    ['deals', DEALS, 'A,zhangsan,1,won,7/1/2026,2026-07-01', 'date', 'opened_on', '7/1/2026'],
    [
      'collaborations',
      COLLABORATIONS,
      'C,zhangsan,2026-07-01 25:00,,,',
      'date',
      'requested_at',
      '2026-07-01 25:00',
    ],
    // order
    ['deals', DEALS, 'A,zhangsan,1,won,2026-06-30,2026-06-12', 'order', 'closed_on', '2026-06-12'],
    [
      'collaborations',
      COLLABORATIONS,
      'C,zhangsan,2026-07-02 09:00,2026-07-02 08:59,,',
      'order',
      'responded_at',
      '2026-07-02 08:59',
    ],
    [
      'collaborations',
      COLLABORATIONS,
      'C,zhangsan,2026-07-01,2026-07-03,2026-07-02,是',
      'order',
      'resolved_at',
      '2026-07-02',
    ],
    // enum
    ['deals', DEALS, 'A,zhangsan,1,流失,,2026-07-01', 'enum', 'status', '流失'],
    ['deals', DEALS, 'A,zhangsan,1,won,,2026-07-01,KA', 'enum', 'segment', 'KA'],
    ['roles', 'employee,role,valid_from', 'zhangsan,经理,2026-07-01', 'enum', 'role', '经理'],
    // people
    ['deals', DEALS, 'A,nobody,1,won,,2026-07-01', 'unknown_employee', 'employee', 'nobody'],
    [
      'deals',
      DEALS,
      'A,zhangsan,1,won,,2026-07-01,,,zhangsan:5000;某人:5000',
      'unknown_employee',
      'credits',
      '某人',
    ],
    ['deals', DEALS, 'A,王伟,1,won,,2026-07-01', 'ambiguous_employee', 'employee', '王伟'],
    ['deals', DEALS, 'A,lisi,1,won,,2026-07-01', 'ambiguous_employee', 'employee', 'lisi'],
    ['deals', DEALS, 'A,王伟,1,won,,2021-07-01', 'ambiguous_employee', 'employee', '王伟'],
    // the rest
    [
      'receipts',
      'receipt_id,deal_id,received_on,amount',
      'P1,UNSEEN,2026-07-01,5',
      'unknown_deal',
      'deal_id',
      'UNSEEN',
    ],
    [
      'deals',
      DEALS,
      'A,zhangsan,1,won,,2026-07-01,,,zhangsan:7000;S002:2000',
      'credits_sum',
      'credits',
      'zhangsan:7000;S002:2000',
    ],
    ['deals', DEALS, `${'x'.repeat(65)},zhangsan,1,won,,2026-07-01`, 'too_long', 'deal_id', 'x'.repeat(65)],
    [
      'trainings',
      'employee,course,finished_on,passed',
      `zhangsan,${'课'.repeat(129)},2026-07-01,是`,
      'too_long',
      'course',
      '课'.repeat(129),
    ],
  ])('%s: %s / %s → %s at %s', async (...[kind, header, row, code, field, value]) => {
    const report = await load(kind, header, row);
    expect(report.rejected).toEqual([{ row: 2, field, value, code, message: expect.stringMatching(/\S/) }]);
    expect(report).toMatchObject({ batchId: null, rows: 1, inserted: 0, error: { code: 'import.rejected' } });
    expect(report.rejected[0]?.message).not.toMatch(/[{}]/);
  });

  test('of two equal keys the second is refused, and names the first', async () => {
    const rows = [
      'A,zhangsan,bad,won,,2026-07-01',
      'B,zhangsan,1,won,,2026-07-01',
      'A,zhangsan,1,won,,2026-07-01',
    ].join('\n');
    const report = await load('deals', DEALS, rows);
    expect(report.rejected).toMatchObject([
      { row: 2, code: 'type' },
      { row: 4, field: 'deal_id', value: 'A', code: 'duplicate_in_file', message: '和第 2 行重复' },
    ]);
  });

  test('a key of several parts is compared as a whole', async () => {
    const header = 'employee,course,finished_on,passed';
    const rows = 'zhangsan,A,2026-07-01,是\n张三,A,2026-07-02,是\nS001,A,2026/7/1,否';
    const report = await load('trainings', header, rows);
    expect(report.rejected).toMatchObject([{ row: 4, code: 'duplicate_in_file' }]);
  });

  test('a CSV record counts once whatever lines it spans, and blank lines keep their number', async () => {
    const rows = 'F1,zhangsan,2026-07-01,9,"第一行\n第二行"\n\nF2,zhangsan,2026-07-01,99,';
    const report = await load('feedback', FEEDBACK, rows);
    expect(report).toMatchObject({ rows: 2, rejected: [{ row: 4, code: 'range' }] });
  });
});

describe('a good row is taken', () => {
  test.each([
    [
      'an id, a job number, a full-width name',
      'deals',
      DEALS,
      'N1,S001,1,won,,2026-07-01\nN2, zhangsan ,1,won,,2026-07-01\nN3,ｚｈａｎｇｓａｎ,1,won,,2026-07-01',
      3,
    ],
    ['a namesake who was the only one employed that day', 'deals', DEALS, 'N4,S040,1,won,,2024-01-01', 1],
    ['a leaver', 'feedback', FEEDBACK, 'N5,老周,2024-06-01,9,好', 1],
    ['an open deal without amount and days', 'deals', DEALS, 'N6,zhangsan,,open,,', 1],
    ['a renewal that was not made', 'renewals', RENEWALS, 'N7,zhangsan,2026-07-01,否,,', 1],
    ['an attendance day without leave', 'attendance', ATTENDANCE, 'zhangsan,2026-07-01,1,0.5,', 1],
  ])('%s', async (...[, kind, header, rows, inserted]) => {
    expect(await load(kind, header, rows)).toMatchObject({ inserted, rejected: [], warnings: [] });
  });

  test('a name counts among those employed on the row’s date', async () => {
    const report = await load('deals', DEALS, 'W1,王伟,1,won,,2025-03-01', { partial: true });
    expect(report.rejected).toMatchObject([{ code: 'ambiguous_employee' }]);
    expect((await load('deals', DEALS, 'W2,王伟,1,won,,2025-12-31')).inserted).toBe(1);
    expect(await house.db.select('SELECT user_id FROM deals WHERE deal_id = ?', ['W2'])).toEqual([
      { user_id: 'wangwei1' },
    ]);
  });
});

describe('a warning leaves the row in', () => {
  test.each([
    ['segment_mismatch', 'deals', DEALS, 'M1,zhangsan,4999.99,won,,2026-07-01,大客户', 'segment', '大客户'],
    ['future_date', 'deals', DEALS, 'M2,zhangsan,1,won,,2026-10-13', 'closed_on', '2026-10-13'],
    [
      'future_date',
      'collaborations',
      COLLABORATIONS,
      'M3,zhangsan,2026-10-13 00:00,,,',
      'requested_at',
      '2026-10-13 00:00',
    ],
    ['not_employed', 'deals', DEALS, 'M4,老周,1,won,,2025-01-01', 'employee', '老周'],
    ['no_credit', 'deals', DEALS, 'M5,zhangsan,1,won,,2026-07-01,,,S002:10000', 'credits', 'S002:10000'],
    ['no_segment', 'deals', DEALS, 'M6,zhangsan,0,lost,,2026-07-01', 'amount', '0'],
  ])('%s: %s', async (...[code, kind, header, row, field, value]) => {
    const report = await load(kind, header, row);
    expect(report).toMatchObject({ inserted: 1, rejected: [] });
    expect(report.warnings).toEqual([{ row: 2, field, value, code, message: expect.stringMatching(/\S/) }]);
    const kept = await house.db.select(
      'SELECT code, row_number_in_file, value FROM import_warnings WHERE batch_id = ?',
      [report.batchId],
    );
    expect(kept).toEqual([{ code, row_number_in_file: 2, value }]);
  });

  test.each([
    ['an amount of 0', 'deals', DEALS, 'Q1,zhangsan,0,won,,2026-07-01,大客户'],
    ['today', 'deals', DEALS, 'Q2,zhangsan,1,won,,2026-10-12'],
    ['a due day to come', 'renewals', RENEWALS, 'Q3,zhangsan,2027-10-12,否,,'],
    ['the last working day', 'deals', DEALS, 'Q4,S040,1,won,,2024-12-31'],
  ])('none for %s', async (_, kind, header, row) => {
    expect((await load(kind, header, row)).warnings).toEqual([]);
  });

  test('ignored_column names the header', async () => {
    const report = await load('deals', `${DEALS},备注`, 'U1,zhangsan,1,won,,2026-07-01,,,,,,老客户');
    expect(report).toMatchObject({
      inserted: 1,
      warnings: [{ row: 1, field: '备注', value: '备注', code: 'ignored_column' }],
    });
  });

  test('amount_jump: 100 × the median of the file’s amounts in that segment', async () => {
    const amounts = [10_000, 20_000, 30_000, 2_500_000, 2_499_999.99];
    const rows = amounts.map((amount, index) => `J${index},zhangsan,${amount},won,,2026-07-01`).join('\n');
    // The median of five is 30,000, that of four (without the last) 25,000.
    expect((await load('deals', DEALS, rows, { dryRun: true })).warnings).toEqual([]);
    const report = await load('deals', DEALS, rows.split('\n').slice(0, 4).join('\n'), { dryRun: true });
    expect(report.warnings).toMatchObject([
      { row: 5, field: 'amount', value: '2500000.00', code: 'amount_jump' },
    ]);
  });

  test('closed_period: the change will show as deltas; an unchanged row says nothing', async () => {
    await house.db.execute(
      `INSERT INTO statements (period, user_id, status, total_fen, line_count, doc_version, doc_hash, doc, computed_at)
       VALUES ('2026Q2', 'zhangsan', 'locked', 0, 0, 1, '', '', ?)`,
      ['2026-01-01 00:00:00'],
    );
    const rows =
      'P1,zhangsan,1,won,,2026-05-20\nP2,zhangsan,1,won,,2026-07-20\nP3,zhangsan,1,lost,,2026-05-20';
    const report = await load('deals', DEALS, rows);
    expect(report.warnings).toMatchObject([{ row: 2, code: 'closed_period' }]);
    expect((await load('deals', DEALS, rows)).warnings).toEqual([]);
    const moved = await load('deals', DEALS, 'P1,zhangsan,1,won,,2026-07-20');
    expect(moved).toMatchObject({ updated: 1, warnings: [{ row: 2, code: 'closed_period' }] });
  });
});
