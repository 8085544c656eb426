import { nobody } from '../../access/index.ts';
import { Importing } from '@shigang/test';

jest.setTimeout(60_000);
let house: Importing;
beforeAll(async () => {
  house = await Importing.open();
});
beforeEach(() => house.clear());

const DEALS = 'deal_id,employee,amount,status,opened_on,closed_on,credits';
const deals = (...rows: string[]): string => house.saved(`${DEALS}\n${rows.join('\n')}\n`);

describe('what an import leaves behind', () => {
  test('shares by largest remainder, marks for whom it concerns, a batch and an audit entry', async () => {
    const path = deals(
      'D1,张三,"¥1,000.01",赢单,2026/6/30,2026年9月12日,S002:5000;zhangsan:5000',
      'D2,S002,15万,进行中,2026-09-01,,',
    );
    const report = await house.load('deals', path);
    expect(report).toMatchObject({
      kind: 'deals',
      rows: 2,
      inserted: 2,
      updated: 0,
      unchanged: 0,
      rejected: [],
      warnings: [],
    });
    expect(
      await house.db.select('SELECT user_id, share_fen, amount_fen FROM deal_credits ORDER BY user_id'),
    ).toEqual([
      { user_id: 'lisi', share_fen: 50_001, amount_fen: 100_001 },
      { user_id: 'zhangsan', share_fen: 50_000, amount_fen: 100_001 },
    ]);
    expect(
      await house.db.select('SELECT opened_q, closed_q, amount_fen, credits FROM deals ORDER BY deal_id'),
    ).toEqual([
      { opened_q: 8105, closed_q: 8106, amount_fen: 100_001, credits: '[["lisi",5000],["zhangsan",5000]]' },
      { opened_q: 8106, closed_q: 9999, amount_fen: 15_000_000, credits: null },
    ]);
    expect(await house.marks('profile')).toEqual(['lisi 2026Q3', 'zhangsan 2026Q2', 'zhangsan 2026Q3']);
    expect(await house.marks('statement')).toEqual(['lisi 2026Q3', 'zhangsan 2026Q3']);
    const [batch] = await house.db.select<{ figures: string }>('SELECT * FROM import_batches');
    expect(batch).toMatchObject({ id: report.batchId, kind: 'deals', created_by: 'cli:tester' });
    expect(JSON.parse(batch?.figures ?? '')).toMatchObject({ rows: 2, inserted: 2, rejected: 0 });
    expect(await house.db.select('SELECT action, actor FROM audit_log')).toEqual([
      { action: 'import.applied', actor: 'cli:tester' },
    ]);
  });

  test('the same file again changes nothing, not even a mark', async () => {
    const path = deals('D1,张三,100,won,2026-06-30,2026-09-12,S002:5000;zhangsan:5000');
    await house.load('deals', path);
    await house.db.execute('DELETE FROM dirty_marks');
    expect(await house.load('deals', path)).toMatchObject({ rows: 1, inserted: 0, updated: 0, unchanged: 1 });
    // Another order of the shares is the same.
    const turned = deals('D1,张三,100.00,赢单,2026/6/30,2026/9/12,zhangsan:5000;lisi:5000');
    expect(await house.load('deals', turned)).toMatchObject({ unchanged: 1 });
    expect(await house.count('dirty_marks')).toBe(0);
    expect(await house.count('fact_revisions')).toBe(0);
  });

  test('a changed row keeps its previous value, and both quarters and people are marked', async () => {
    const first = await house.load('deals', deals('D1,zhangsan,100,won,,2026-03-01,'));
    await house.db.execute('DELETE FROM dirty_marks');
    const second = await house.load('deals', deals('D1,lisi,200,won,,2026-09-12,'));
    expect(second).toMatchObject({ updated: 1, inserted: 0 });
    const [revision] = await house.db.select<{ natural_key: string; previous: string }>(
      'SELECT * FROM fact_revisions',
    );
    expect(revision).toMatchObject({ batch_id: second.batchId, kind: 'deals', natural_key: 'D1' });
    expect(JSON.parse(revision?.previous ?? '')).toMatchObject({
      user_id: 'zhangsan',
      amount_fen: 10_000,
      batch_id: first.batchId,
    });
    expect(await house.db.select('SELECT user_id, share_fen FROM deal_credits')).toEqual([
      { user_id: 'lisi', share_fen: 20_000 },
    ]);
    expect(await house.marks('statement')).toEqual(['lisi 2026Q3', 'zhangsan 2026Q1']);
  });

  test.each(['lost', 'open'])('a deal that turns from won to %s loses its credits', async (status) => {
    await house.load('deals', deals('D1,zhangsan,100,won,,2026-03-01,'));
    await house.db.execute('DELETE FROM dirty_marks');
    await house.load('deals', deals(`D1,zhangsan,100,${status},,${status === 'lost' ? '2026-03-01' : ''},`));
    expect(await house.count('deal_credits')).toBe(0);
    expect(await house.marks('statement')).toEqual(['zhangsan 2026Q1']);
  });

  test('receipts and roles mark every statement that they touch', async () => {
    await house.load('deals', deals('D1,zhangsan,100,won,,2026-03-01,zhangsan:1;lisi:9999'));
    await house.db.execute('DELETE FROM dirty_marks');
    await house.load('receipts', house.saved('回款编号,商机编号,回款日期,金额\nP1,D1,2026-07-05,-20\n'));
    expect(await house.marks('statement')).toEqual([
      'lisi 2026Q1',
      'lisi 2026Q3',
      'zhangsan 2026Q1',
      'zhangsan 2026Q3',
    ]);
    await house.db.execute('DELETE FROM dirty_marks');
    await house.load('roles', house.saved('员工,销售岗位,生效日期\n张三,大客户销售,2026-05-01\n'));
    expect(await house.marks('profile')).toEqual(['zhangsan 2026Q2', 'zhangsan 2026Q3', 'zhangsan 2026Q4']);
  });
});

describe('all or nothing', () => {
  const mixed = () => deals('D1,zhangsan,100,won,,2026-03-01,', 'D2,nobody,100,won,,2026-03-01,');

  test('a file with a refused row changes nothing', async () => {
    const report = await house.load('deals', mixed());
    expect(report).toMatchObject({
      batchId: null,
      rows: 2,
      inserted: 0,
      rejected: [{ row: 3 }],
      error: { code: 'import.rejected' },
    });
    for (const table of ['deals', 'deal_credits', 'import_batches', 'dirty_marks', 'audit_log'])
      expect(await house.count(table)).toBe(0);
  });

  test('--partial keeps the good rows', async () => {
    const report = await house.load('deals', mixed(), { partial: true });
    expect(report).toMatchObject({ rows: 2, inserted: 1, rejected: [{ row: 3, code: 'unknown_employee' }] });
    expect(report.error).toBeUndefined();
    expect(await house.db.select('SELECT deal_id, batch_id FROM deals')).toEqual([
      { deal_id: 'D1', batch_id: report.batchId },
    ]);
  });

  test('a dry run says what would happen and writes nothing', async () => {
    await house.load('deals', deals('D1,zhangsan,100,won,,2026-03-01,'));
    const path = deals(
      'D1,zhangsan,200,won,,2026-03-01,',
      'D2,zhangsan,100,won,,2026-03-01,',
      'D3,nobody,1,open,,,',
    );
    const report = await house.load('deals', path, { dryRun: true });
    expect(report).toMatchObject({
      batchId: null,
      rows: 3,
      inserted: 1,
      updated: 1,
      unchanged: 0,
      rejected: [{ row: 4 }],
    });
    expect(report.error).toBeUndefined();
    expect(await house.db.select('SELECT deal_id, amount_fen FROM deals')).toEqual([
      { deal_id: 'D1', amount_fen: 10_000 },
    ]);
    expect(await house.count('import_batches')).toBe(1);
  });

  test('the same file twice at the same time has one effect', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `D${index},zhangsan,${index},won,,2026-03-01,`);
    const path = deals(...rows);
    const reports = await Promise.all([
      house.load('deals', path),
      house.load('deals', path),
      house.load('deals', path),
    ]);
    expect(reports.map((report) => report.inserted).sort()).toEqual([0, 0, 3_000]);
    expect(reports.map((report) => report.unchanged).sort()).toEqual([0, 3_000, 3_000]);
    expect(await house.count('deals')).toBe(3_000);
    expect(await house.count('deal_credits')).toBe(3_000);
    expect(await house.count('fact_revisions')).toBe(0);
  });

  test('only HR admins import', async () => {
    const path = deals('D1,zhangsan,100,won,,2026-03-01,');
    const work = (await house.intake()).importFile({ ...nobody, isHr: true }, { kind: 'deals', path });
    await expect(work).rejects.toMatchObject({ code: 'access.denied' });
  });
});
