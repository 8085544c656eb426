import type { DayString } from '@shigang/shared';
import { newId } from '../../platform/ids.ts';
import { Importing } from '../../../../test/src/factories/importing.ts';
import { held } from '../../../../test/src/factories/held-row.ts';
import { PROOF_TIMES, proofTimeout, tellProof } from '../../../../test/src/harness/proof.ts';
import { until } from '../../../../test/src/harness/until.ts';
import { createFacts, hasMarks, takeMarks, whileQuiet, type FeedbackFact } from '../facts/index.ts';
import { lockedQuarters } from '../incentive/index.ts';
import type { ImportReport } from './index.ts';

/*
 * What happens beside an import that is being applied. A row that one of its pieces must change is held on a connection of
 * the test, so that the import stands in its middle for as long as the test wants.
 */

/** `npm run proof under-way` takes a hundred thousand. */
const ROWS = 3_000 * Math.min(PROOF_TIMES, 34);
/** In the last piece of a thousand. */
const HELD = ROWS - 100;
const PIECE = 1_000;
const HEAD = '商机编号,销售,金额,状态,开始日期,结束日期,客户类型\n';
jest.setTimeout(proofTimeout(120_000));

let house: Importing;
let facts: ReturnType<typeof createFacts>;
beforeAll(async () => {
  house = await Importing.open();
  facts = createFacts({ db: house.db, clock: house.clock, lockedQuarters });
});
beforeEach(() => house.clear());

const row = (index: number, amount: number): string => `D${index},zhangsan,${amount},won,,2026-03-01,`;
const big = (): string =>
  house.saved(HEAD + Array.from({ length: ROWS }, (_, index) => row(index, 100)).join('\n'));

interface Standing {
  readonly report: Promise<ImportReport>;
  readonly goOn: () => Promise<void>;
}

/** An import of 3,000 deals or more that has stored all but a thousand and waits for the row of one of these. */
async function standingImport(): Promise<Standing> {
  await house.load('deals', house.saved(HEAD + row(HELD, 7)));
  await house.db.execute('DELETE FROM dirty_marks');
  const goOn = await held(house.db, `SELECT deal_id FROM deals WHERE deal_id = 'D${HELD}' FOR UPDATE`);
  const report = house.load('deals', big());
  report.catch(() => undefined);
  await until('all pieces but the last', async () =>
    (await house.count('deals')) > ROWS - PIECE ? true : undefined,
  );
  return { report, goOn };
}

const feedback: FeedbackFact = {
  ...{ feedbackId: 'F1', userId: 'lisi', customer: null, givenOn: '2026-09-01' as DayString },
  ...{ scoreTenths: 90, text: null },
};
const STORED_WITHIN_MS = 1_000;

test('a record of the API is stored in under a second in the middle of an import', async () => {
  const { report, goOn } = await standingImport();
  const deal = {
    ...{ dealId: 'D5', userId: 'lisi', customer: null, amountFen: 900, status: 'won' as const },
  };
  const days = { openedOn: null, closedOn: '2026-09-02' as DayString, refundedOn: null, collectedOn: null };
  const rest = { statedSegment: null, contractYears: null, product: null, credits: null };
  const started = performance.now();
  // A deal that the import has just stored itself, and a record of another kind.
  const outcomes = await house.db.transaction(async (tx) => {
    const writer = await facts.openWriter(tx, newId());
    const changed = await writer.merge('deals', [
      { ...deal, ...days, ...rest, collectedFen: null, refundedFen: null },
    ]);
    const told = await writer.merge('feedback', [feedback]);
    await writer.finish();
    return [changed.updated, told.inserted];
  });
  expect(performance.now() - started).toBeLessThan(STORED_WITHIN_MS);
  tellProof('rows of the import', ROWS);
  expect(outcomes).toEqual([1, 1]);
  expect(await house.count('import_batches')).toBe(1);
  expect(await house.db.select("SELECT amount_fen FROM deals WHERE deal_id = 'D5'")).toEqual([
    { amount_fen: 900 },
  ]);
  await goOn();
  expect(await report).toMatchObject({ rows: ROWS, inserted: ROWS - 1, updated: 1, unchanged: 0 });
  // What came later stands: the import had stored its own value before.
  expect(await house.db.select("SELECT amount_fen FROM deals WHERE deal_id = 'D5'")).toEqual([
    { amount_fen: 900 },
  ]);
  expect(await house.count('deals')).toBe(ROWS);
});

test('nobody computes from half of it: marks are not taken, a reading waits for the end', async () => {
  const { report, goOn } = await standingImport();
  const deps = { db: house.db, clock: house.clock };
  await house.db.transaction(async (tx) => {
    const writer = await facts.openWriter(tx, newId());
    await writer.merge('feedback', [feedback]);
    await writer.finish();
  });
  expect(await hasMarks(house.db, 'profile')).toBe(false);
  expect(await takeMarks(house.db, 'statement', 10)).toEqual([]);
  let seen: number | undefined;
  const reading = whileQuiet(deps, async () => {
    seen = await house.count('deals');
  });
  // It had time to look more than once.
  await until('looks at the run', async () => {
    await house.db.select('SELECT SLEEP(0.3)');
    return true;
  });
  expect(seen).toBeUndefined();
  await goOn();
  await report;
  await reading;
  expect(seen).toBe(ROWS);
  expect(await house.marks('profile')).toEqual(['lisi 2026Q3', 'zhangsan 2026Q1']);
  expect(await house.count('import_rows')).toBe(0);
  expect(await house.count('import_runs')).toBe(0);
});

test('what was read while an import began is read again', async () => {
  const deps = { db: house.db, clock: house.clock };
  const counts: number[] = [];
  await whileQuiet(deps, async () => {
    counts.push(await house.count('deals'));
    if (counts.length === 1) await house.load('deals', house.saved(HEAD + row(1, 5)));
  });
  expect(counts).toEqual([0, 1]);
});

test('an import of another kind goes on beside it, one of the same kind after it', async () => {
  const { report, goOn } = await standingImport();
  const trainings = house.saved('员工,课程,完成日期,是否通过\n张三,大客户需求洞察,2026-05-08,是\n');
  expect(await house.load('trainings', trainings)).toMatchObject({ inserted: 1 });
  let isLaterThrough = false;
  const later = house.load('deals', house.saved(HEAD + row(1, 300))).then((each) => {
    isLaterThrough = true;
    return each;
  });
  await until('the later import is read', async () => {
    const ready = await house.db.select("SELECT batch_id FROM import_runs WHERE state = 'ready'");
    return ready.length > 0 ? true : undefined;
  });
  expect(isLaterThrough).toBe(false);
  await goOn();
  await report;
  expect(await later).toMatchObject({ updated: 1, inserted: 0 });
  expect(await house.db.select("SELECT amount_fen FROM deals WHERE deal_id = 'D1'")).toEqual([
    { amount_fen: 30_000 },
  ]);
});

test('a refused file of many rows leaves nothing behind', async () => {
  const lines = Array.from({ length: ROWS }, (_, index) => row(index, 100));
  const report = await house.load(
    'deals',
    house.saved(`${HEAD}${lines.join('\n')}\nX,nobody,1,won,,2026-03-01,`),
  );
  expect(report).toMatchObject({ batchId: null, inserted: 0, error: { code: 'import.rejected' } });
  for (const table of [
    'deals',
    'import_rows',
    'import_runs',
    'import_batches',
    'import_warnings',
    'dirty_marks',
  ])
    expect(await house.count(table)).toBe(0);
});

test('receipts may name the deals of the same workbook, in a dry run as in the import', async () => {
  await house.db.execute(
    "INSERT INTO statements (period, user_id, status, total_fen, line_count, doc_version, doc_hash, doc, computed_at) VALUES ('2026Q1', 'zhangsan', 'locked', 0, 0, 1, '', '', '2026-04-01')",
  );
  const sheets = {
    成交: [
      ['商机编号', '销售', '金额', '状态', '结束日期'],
      ['N1', 'zhangsan', 100, '赢单', '2026-03-01'],
    ],
    回款: [
      ['回款编号', '商机编号', '回款日期', '金额'],
      ['P1', 'N1', '2026-09-01', 100],
      ['P2', 'N2', '2026-09-01', 100],
    ],
  };
  const path = await house.workbookOf(sheets);
  const dry = await house.load('workbook', path, { dryRun: true, partial: true });
  expect(await house.count('deals')).toBe(0);
  const done = await house.load('workbook', path, { partial: true });
  expect(done).toMatchObject({ rows: 3, inserted: 2, rejected: [{ row: 3, code: 'unknown_deal' }] });
  // The deal's quarter is closed, and through it the receipt's.
  expect(done.warnings.map(({ sheet, row: at, code }) => [sheet, at, code])).toEqual([
    ['成交', 2, 'closed_period'],
    ['回款', 2, 'closed_period'],
  ]);
  expect(dry).toEqual({ ...done, batchId: null });
  expect(await house.db.select('SELECT kind, code, field FROM import_warnings ORDER BY position')).toEqual([
    { kind: '成交', code: 'closed_period', field: 'deal_id' },
    { kind: '回款', code: 'closed_period', field: 'receipt_id' },
  ]);
  await house.db.execute('DELETE FROM statements');
});
