import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { createTestDatabase, VirtualClock } from '@shigang/test';
import { AuditLog } from '../../audit/audit-log.ts';
import { nobody, operatorViewer } from '../../access/index.ts';
import type { Database } from '../../platform/database.ts';
import { createFacts } from '../facts/index.ts';
import { createSettings } from '../settings/index.ts';
import { createIntake, type Intake, type ImportReport } from './index.ts';

const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
const operator = operatorViewer('tester');
const folder = mkdtempSync(join(tmpdir(), 'shigang-files-'));
let db: Database;

const WRITTEN = [
  'deals',
  'deal_credits',
  'renewals',
  'renewal_credits',
  'receipts',
  'feedback',
  'collaborations',
  'trainings',
]
  .concat([
    'assessments',
    'attendance_days',
    'role_assignments',
    'import_batches',
    'import_warnings',
    'fact_revisions',
  ])
  .concat(['dirty_marks', 'audit_log']);

jest.setTimeout(60_000);
beforeEach(async () => {
  for (const table of WRITTEN) await db.execute(`DELETE FROM ${table}`);
  await db.execute("UPDATE audit_head SET seq = 0, hash = REPEAT('0', 64)");
});
beforeAll(async () => {
  db = await createTestDatabase();
  await db.insertMany(
    'employees',
    ['user_id', 'name', 'job_number', 'hired_on', 'updated_at'],
    [
      ['zhangsan', '张三', 'S001', '2023-04-01', '2026-01-01 00:00:00'],
      ['lisi', '李四', 'S002', '2022-03-07', '2026-01-01 00:00:00'],
    ],
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

function intake(lookUpMobile?: (mobile: string) => Promise<string | null>): Intake {
  const audit = new AuditLog(clock);
  const settings = createSettings({ db, clock, audit });
  const deps = { db, clock, audit, settings, facts: createFacts({ db, clock }) };
  return createIntake(lookUpMobile ? { ...deps, lookUpMobile } : deps);
}

let files = 0;
const pathOf = (ending: string): string => join(folder, `file-${(files += 1)}.${ending}`);
function saved(content: string | Buffer, ending = 'csv'): string {
  const path = pathOf(ending);
  writeFileSync(path, content);
  return path;
}
type Value = string | number | boolean | Date | null | object;
async function workbookOf(sheets: Readonly<Record<string, readonly (readonly Value[])[]>>): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = workbook.addWorksheet(name);
    for (const row of rows) sheet.addRow([...row]);
  }
  const path = pathOf('xlsx');
  await workbook.xlsx.writeFile(path);
  return path;
}
const load = (kind: string, path: string, options: object = {}): Promise<ImportReport> =>
  intake().importFile(operator, { kind, path, ...options });
const count = async (table: string): Promise<number> =>
  (await db.select<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n ?? -1;
const marks = async (purpose: string): Promise<string[]> =>
  (
    await db.select<{ mark: string }>(
      "SELECT CONCAT(user_id, ' ', quarter DIV 4, 'Q', quarter MOD 4 + 1) AS mark FROM dirty_marks WHERE purpose = ? ORDER BY 1",
      [purpose],
    )
  ).map((row) => row.mark);

const DEALS = 'deal_id,employee,amount,status,opened_on,closed_on,credits';
const deals = (...rows: string[]): string => saved(`${DEALS}\n${rows.join('\n')}\n`);

describe('what an import leaves behind', () => {
  test('shares by largest remainder, marks for whom it concerns, a batch and an audit entry', async () => {
    const path = deals(
      'D1,张三,"¥1,000.01",赢单,2026/6/30,2026年9月12日,S002:5000;zhangsan:5000',
      'D2,S002,15万,进行中,2026-09-01,,',
    );
    const report = await load('deals', path);
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
      await db.select('SELECT user_id, share_fen, amount_fen FROM deal_credits ORDER BY user_id'),
    ).toEqual([
      { user_id: 'lisi', share_fen: 50_001, amount_fen: 100_001 },
      { user_id: 'zhangsan', share_fen: 50_000, amount_fen: 100_001 },
    ]);
    expect(
      await db.select('SELECT opened_q, closed_q, amount_fen, credits FROM deals ORDER BY deal_id'),
    ).toEqual([
      { opened_q: 8105, closed_q: 8106, amount_fen: 100_001, credits: '[["lisi",5000],["zhangsan",5000]]' },
      { opened_q: 8106, closed_q: 9999, amount_fen: 15_000_000, credits: null },
    ]);
    expect(await marks('profile')).toEqual(['lisi 2026Q3', 'zhangsan 2026Q2', 'zhangsan 2026Q3']);
    expect(await marks('statement')).toEqual(['lisi 2026Q3', 'zhangsan 2026Q3']);
    const [batch] = await db.select<{ figures: string }>('SELECT * FROM import_batches');
    expect(batch).toMatchObject({ id: report.batchId, kind: 'deals', created_by: 'cli:tester' });
    expect(JSON.parse(batch?.figures ?? '')).toMatchObject({ rows: 2, inserted: 2, rejected: 0 });
    expect(await db.select('SELECT action, actor FROM audit_log')).toEqual([
      { action: 'import.applied', actor: 'cli:tester' },
    ]);
  });

  test('the same file again changes nothing, not even a mark', async () => {
    const path = deals('D1,张三,100,won,2026-06-30,2026-09-12,S002:5000;zhangsan:5000');
    await load('deals', path);
    await db.execute('DELETE FROM dirty_marks');
    expect(await load('deals', path)).toMatchObject({ rows: 1, inserted: 0, updated: 0, unchanged: 1 });
    // Another order of the shares is the same.
    const turned = deals('D1,张三,100.00,赢单,2026/6/30,2026/9/12,zhangsan:5000;lisi:5000');
    expect(await load('deals', turned)).toMatchObject({ unchanged: 1 });
    expect(await count('dirty_marks')).toBe(0);
    expect(await count('fact_revisions')).toBe(0);
  });

  test('a changed row keeps its previous value, and both quarters and people are marked', async () => {
    const first = await load('deals', deals('D1,zhangsan,100,won,,2026-03-01,'));
    await db.execute('DELETE FROM dirty_marks');
    const second = await load('deals', deals('D1,lisi,200,won,,2026-09-12,'));
    expect(second).toMatchObject({ updated: 1, inserted: 0 });
    const [revision] = await db.select<{ natural_key: string; previous: string }>(
      'SELECT * FROM fact_revisions',
    );
    expect(revision).toMatchObject({ batch_id: second.batchId, kind: 'deals', natural_key: 'D1' });
    expect(JSON.parse(revision?.previous ?? '')).toMatchObject({
      user_id: 'zhangsan',
      amount_fen: 10_000,
      batch_id: first.batchId,
    });
    expect(await db.select('SELECT user_id, share_fen FROM deal_credits')).toEqual([
      { user_id: 'lisi', share_fen: 20_000 },
    ]);
    expect(await marks('statement')).toEqual(['lisi 2026Q3', 'zhangsan 2026Q1']);
  });

  test.each(['lost', 'open'])('a deal that turns from won to %s loses its credits', async (status) => {
    await load('deals', deals('D1,zhangsan,100,won,,2026-03-01,'));
    await db.execute('DELETE FROM dirty_marks');
    await load('deals', deals(`D1,zhangsan,100,${status},,${status === 'lost' ? '2026-03-01' : ''},`));
    expect(await count('deal_credits')).toBe(0);
    expect(await marks('statement')).toEqual(['zhangsan 2026Q1']);
  });

  test('receipts and roles mark every statement that they touch', async () => {
    await load('deals', deals('D1,zhangsan,100,won,,2026-03-01,zhangsan:1;lisi:9999'));
    await db.execute('DELETE FROM dirty_marks');
    await load('receipts', saved('回款编号,商机编号,回款日期,金额\nP1,D1,2026-07-05,-20\n'));
    expect(await marks('statement')).toEqual([
      'lisi 2026Q1',
      'lisi 2026Q3',
      'zhangsan 2026Q1',
      'zhangsan 2026Q3',
    ]);
    await db.execute('DELETE FROM dirty_marks');
    await load('roles', saved('员工,销售岗位,生效日期\n张三,大客户销售,2026-05-01\n'));
    expect(await marks('profile')).toEqual(['zhangsan 2026Q2', 'zhangsan 2026Q3', 'zhangsan 2026Q4']);
  });
});

describe('all or nothing', () => {
  const mixed = () => deals('D1,zhangsan,100,won,,2026-03-01,', 'D2,nobody,100,won,,2026-03-01,');

  test('a file with a refused row changes nothing', async () => {
    const report = await load('deals', mixed());
    expect(report).toMatchObject({
      batchId: null,
      rows: 2,
      inserted: 0,
      rejected: [{ row: 3 }],
      error: { code: 'import.rejected' },
    });
    for (const table of ['deals', 'deal_credits', 'import_batches', 'dirty_marks', 'audit_log'])
      expect(await count(table)).toBe(0);
  });

  test('--partial keeps the good rows', async () => {
    const report = await load('deals', mixed(), { partial: true });
    expect(report).toMatchObject({ rows: 2, inserted: 1, rejected: [{ row: 3, code: 'unknown_employee' }] });
    expect(report.error).toBeUndefined();
    expect(await db.select('SELECT deal_id, batch_id FROM deals')).toEqual([
      { deal_id: 'D1', batch_id: report.batchId },
    ]);
  });

  test('a dry run says what would happen and writes nothing', async () => {
    await load('deals', deals('D1,zhangsan,100,won,,2026-03-01,'));
    const path = deals(
      'D1,zhangsan,200,won,,2026-03-01,',
      'D2,zhangsan,100,won,,2026-03-01,',
      'D3,nobody,1,open,,,',
    );
    const report = await load('deals', path, { dryRun: true });
    expect(report).toMatchObject({
      batchId: null,
      rows: 3,
      inserted: 1,
      updated: 1,
      unchanged: 0,
      rejected: [{ row: 4 }],
    });
    expect(report.error).toBeUndefined();
    expect(await db.select('SELECT deal_id, amount_fen FROM deals')).toEqual([
      { deal_id: 'D1', amount_fen: 10_000 },
    ]);
    expect(await count('import_batches')).toBe(1);
  });

  test('the same file twice at the same time has one effect', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `D${index},zhangsan,${index},won,,2026-03-01,`);
    const path = deals(...rows);
    const reports = await Promise.all([load('deals', path), load('deals', path), load('deals', path)]);
    expect(reports.map((report) => report.inserted).sort()).toEqual([0, 0, 3_000]);
    expect(reports.map((report) => report.unchanged).sort()).toEqual([0, 3_000, 3_000]);
    expect(await count('deals')).toBe(3_000);
    expect(await count('deal_credits')).toBe(3_000);
    expect(await count('fact_revisions')).toBe(0);
  });

  test('only HR admins import', async () => {
    const path = deals('D1,zhangsan,100,won,,2026-03-01,');
    const work = intake().importFile({ ...nobody, isHr: true }, { kind: 'deals', path });
    await expect(work).rejects.toMatchObject({ code: 'access.denied' });
  });
});

describe('forms of files', () => {
  const text = '商机编号,客户,销售,金额,状态,结束日期\nD1,恒远医疗（上海）,张三,100,赢单,2026-03-01\n';
  /** 恒远医疗 in GB18030, by hand: Node writes no such text. */
  const gb = Buffer.concat([
    Buffer.from('deal_id,employee,amount,status,closed_on,customer\nD1,zhangsan,100,won,2026-03-01,'),
    Buffer.from([0xba, 0xe3, 0xd4, 0xb6, 0xd2, 0xbd, 0xc1, 0xc6]),
    Buffer.from('\n'),
  ]);

  test.each([
    ['UTF-8', Buffer.from(text), {}],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), {}],
    ['GB18030, recognised', gb, {}],
    ['GBK, told', gb, { encoding: 'GBK' }],
    [
      'UTF-16, as Excel saves Unicode text',
      Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le'),
      {},
    ],
    ['semicolons', Buffer.from(text.replaceAll(',', ';')), {}],
    ['CRLF', Buffer.from(text.replaceAll('\n', '\r\n')), {}],
  ])('%s', async (_, content, options) => {
    expect(await load('deals', saved(content), options)).toMatchObject({
      inserted: 1,
      rejected: [],
      warnings: [],
    });
    const [deal] = await db.select<{ customer: string }>('SELECT customer FROM deals');
    expect(deal?.customer).toMatch(/^恒远医疗/);
  });

  test.each([
    ['bytes that UTF-8 does not have', gb, { encoding: 'utf-8' }, 'import.encoding'],
    ['bytes that nothing has', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]), {}, 'import.encoding'],
    ['an encoding that is not known', gb, { encoding: 'klingon' }, 'import.encoding_unknown'],
    ['an empty file', Buffer.alloc(0), {}, 'import.empty'],
    [
      'a missing column',
      Buffer.from('deal_id,employee,status\n1,2,3\n'.replace('status', 'x')),
      {},
      'import.column_missing',
    ],
    [
      'a column that comes twice',
      Buffer.from('deal_id,employee,status,销售\n'),
      {},
      'import.column_repeated',
    ],
    [
      'a quote that is never closed',
      Buffer.from(`${DEALS}\nD1,"zhangsan,1,won\n`),
      {},
      'import.file_unreadable',
    ],
  ])('%s', async (_, content, options, code) => {
    const report = await load('deals', saved(content), options);
    expect(report).toMatchObject({
      batchId: null,
      rows: 0,
      rejected: [],
      error: { code, message: expect.stringMatching(/\S/) },
    });
    expect(await count('deals')).toBe(0);
  });

  test('an absent file, and a kind that does not exist', async () => {
    expect(await load('deals', join(folder, 'none.csv'))).toMatchObject({
      error: { code: 'import.file_missing' },
    });
    await expect(load('deal', saved(text))).rejects.toMatchObject({ code: 'import.kind_unknown' });
  });
});

describe('workbooks', () => {
  const D = (text: string): Date => new Date(`${text}Z`);

  test('all sheets, whatever their order: receipts find the deals of the same file', async () => {
    const path = await workbookOf({
      字段说明: [['工作表', '列']],
      回款: [
        ['回款编号', '商机编号', '回款日期', '金额'],
        ['P1', 'D1', D('2026-03-05'), 50],
      ],
      ' DEALS ': [
        ['Deal_ID', ' 销售 ', '金额', '状态', '结束日期'],
        ['D1', 'S001', 150_000.1, '赢单', D('2026-03-01')],
      ],
      岗位履历: [
        ['员工', '销售岗位', '生效日期'],
        ['张三', '中小客户销售', '2023年4月1日'],
      ],
      能力测评: [
        ['员工', '维度', '测评日期', '得分'],
        ['张三', 'insight', '2026-03-01', 93.25],
      ],
      考勤: [
        ['员工', '日期', '应出勤', '出勤', '请假'],
        ['张三', '2026-03-02', 1, 0.5, 0.5],
      ],
      跨部门协作: [
        ['协作编号', '发起人', '发起时间', '响应时间'],
        ['C1', '张三', D('2026-03-02T09:00:00'), D('2026-03-02T10:30:00')],
      ],
      客户反馈: [
        ['反馈编号', '销售', '反馈日期', '满意度', '评价内容'],
        ['F1', '张三', '2026-03-02', 9.2, '响应很快'],
      ],
      续约: [
        ['续约编号', '销售', '到期日期', '是否续约', '续约日期', '续约金额', '续约年限'],
        ['R1', '张三', D('2026-03-31'), '是', D('2026-03-20'), 100, 2],
      ],
      培训: [
        ['员工', '课程', '完成日期', '是否通过'],
        ['张三', '大客户协作', D('2026-03-31'), true],
      ],
    });
    const report = await load('workbook', path);
    expect(report).toMatchObject({ kind: 'workbook', rows: 9, inserted: 9, rejected: [], warnings: [] });
    expect(await db.select('SELECT amount_fen FROM deal_credits')).toEqual([{ amount_fen: 15_000_010 }]);
    expect(await db.select('SELECT response_sec FROM collaborations')).toEqual([{ response_sec: 5_400 }]);
    expect(await db.select('SELECT share_fen, years FROM renewal_credits')).toEqual([
      { share_fen: 10_000, years: 2 },
    ]);
    expect(await db.select('SELECT score_ten_thousandths FROM assessments')).toEqual([
      { score_ten_thousandths: 932_500 },
    ]);
    expect(await db.select('SELECT score_tenths, given_q FROM feedback')).toEqual([
      { score_tenths: 92, given_q: 8104 },
    ]);
    expect(await load('workbook', path)).toMatchObject({ rows: 9, unchanged: 9 });
  });

  test('issues name their sheet; a sheet with a missing column stops the file before any row', async () => {
    const broken = await workbookOf({
      成交: [
        ['商机编号', '销售', '金额', '状态', '结束日期'],
        ['D1', 'S001', 'x', '赢单', '2026-03-01'],
      ],
      培训: [
        ['员工', '课程'],
        ['张三', '大客户协作'],
      ],
    });
    const stopped = await load('workbook', broken);
    expect(stopped).toMatchObject({ rows: 0, rejected: [], error: { code: 'import.column_missing' } });
    expect(stopped.error?.message).toContain('完成日期（finished_on）');
    const bad = await workbookOf({
      成交: [['商机编号', '销售', '金额', '状态', '结束日期'], [], ['D1', 'S001', 'x', '赢单', '2026-03-01']],
      别的: [['x']],
    });
    expect(await load('workbook', bad)).toMatchObject({
      rejected: [{ sheet: '成交', row: 3, field: 'amount', code: 'type' }],
      warnings: [{ sheet: '别的', code: 'ignored_column' }],
    });
  });

  test('formulas count as their results, rich text as its text, errors are refused', async () => {
    const path = await workbookOf({
      成交: [
        ['商机编号', '销售', '金额', '状态', '结束日期', '客户'],
        [
          'D1',
          'S001',
          { formula: '50+50', result: 100 },
          '赢单',
          { formula: 'DATE(2026,3,1)', result: 46_082 },
          { richText: [{ text: '恒' }, { text: '远' }] },
        ],
        ['D2', 'S001', { formula: 'A1+1' }, '赢单', '2026-03-01', null],
        ['D3', 'S001', { error: '#N/A' }, '赢单', '2026-03-01', null],
        ['D4', 'S001', 0.1 + 0.2, '赢单', 46_082, null],
        [20_260_301, 'S001', 1, '赢单', 20_260_301, { text: '安和', hyperlink: 'http://x.example' }],
      ],
    });
    const report = await load('deals', path, { partial: true });
    expect(report.rejected).toMatchObject([
      { row: 3, field: 'amount', value: '=A1+1', code: 'type' },
      { row: 4, field: 'amount', value: '#N/A', code: 'type' },
    ]);
    expect(
      await db.select('SELECT deal_id, amount_fen, closed_on, customer FROM deals ORDER BY deal_id'),
    ).toEqual([
      { deal_id: '20260301', amount_fen: 100, closed_on: '2026-03-01', customer: '安和' },
      { deal_id: 'D1', amount_fen: 10_000, closed_on: '2026-03-01', customer: '恒远' },
      { deal_id: 'D4', amount_fen: 30, closed_on: '2026-03-01', customer: null },
    ]);
  });

  test('the template goes through its own import, and every column of it is known', async () => {
    const path = pathOf('xlsx');
    expect((await intake().writeTemplate(path)).sheets).toHaveLength(10);
    expect(await load('workbook', path)).toMatchObject({ rows: 0, inserted: 0, rejected: [], warnings: [] });
    await expect(intake().writeTemplate(join(folder, 'none', 'x.xlsx'))).rejects.toMatchObject({
      code: 'import.template_unwritable',
    });
  });

  test('Chinese text survives the borders of the pieces that it is read in', async () => {
    const name = '客户名称很长很长的有限责任公司';
    const rows = Array.from({ length: 5_000 }, (_, index) => [
      `D${index}`,
      'S001',
      1,
      '赢单',
      '2026-03-01',
      `${name}${index}`,
    ]);
    const path = await workbookOf({
      成交: [['商机编号', '销售', '金额', '状态', '结束日期', '客户'], ...rows],
    });
    expect(await load('deals', path)).toMatchObject({ inserted: 5_000 });
    const [wrong] = await db.select<{ n: number }>(
      'SELECT COUNT(*) AS n FROM deals WHERE customer <> CONCAT(?, SUBSTRING(deal_id, 2))',
      [name],
    );
    expect(wrong?.n).toBe(0);
  });
});

describe('files that mean harm', () => {
  /** A zip archive of one entry, with sizes as told. */
  function zipOf(name: string, content: Buffer, toldSize: number): Buffer {
    const data = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(toldSize, 24);
    central.writeUInt16LE(name.length, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(46 + name.length, 12);
    end.writeUInt32LE(30 + name.length + data.length, 16);
    return Buffer.concat([local, Buffer.from(name), data, central, Buffer.from(name), end]);
  }
  const blanks = Buffer.alloc(64_000_000, ' ');

  test.each([
    ['a bomb by ratio', () => zipOf('xl/workbook.xml', blanks, blanks.length), 'import.file_too_large'],
    [
      'a bomb by size',
      () => zipOf('xl/workbook.xml', Buffer.from('<a/>'), 2_000_000_000),
      'import.file_too_large',
    ],
    [
      'a bomb that lies about its size',
      () => zipOf('xl/workbook.xml', blanks, 1_000),
      'import.file_unreadable',
    ],
    [
      'an archive that is no workbook',
      () => zipOf('readme.txt', Buffer.from('x'), 1),
      'import.file_unreadable',
    ],
    [
      'no archive at all',
      () => Buffer.from('PK\u0003\u0004 and then nothing of the sort'),
      'import.file_unreadable',
    ],
    ['an old .xls', () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'import.file_unreadable'],
  ])('%s', async (_, content, code) => {
    expect(await load('workbook', saved(content(), 'xlsx'))).toMatchObject({ rows: 0, error: { code } });
  });

  test('a workbook cut off anywhere is refused, never half read', async () => {
    const whole = readFileSync(
      await workbookOf({
        成交: [
          ['商机编号', '销售', '状态'],
          ['D1', 'S001', '进行中'],
        ],
      }),
    );
    for (let share = 1; share < 20; share += 1) {
      const report = await load(
        'deals',
        saved(whole.subarray(0, Math.floor((whole.length * share) / 20)), 'xlsx'),
      );
      expect(report.error?.code).toBe('import.file_unreadable');
    }
    expect(await count('deals')).toBe(0);
  });
});

describe('mapping files', () => {
  const crm = [
    'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value,notes',
    'O1,张三,GTX Pro,Cancity,Won,10/20/2016,3/1/2017,1054,x',
    'O2,李四,MG Special,,Engaging,10/25/2016,,,',
    'O3,张三,GTX Pro,Isdom,Lost,2016-10-25,12/31/2017,0,',
  ].join('\n');
  const mapping = {
    columns: {
      opportunity_id: 'deal_id',
      ' Sales_Agent ': 'employee',
      product: ['product', 'segment'],
      account: 'customer',
      deal_stage: 'status',
      engage_date: 'opened_on',
      close_date: 'closed_on',
      close_value: 'amount',
      notes: null,
    },
    values: { status: { Won: 'won', Engaging: 'open' }, segment: { 'GTX Pro': 'large', 'MG Special': '' } },
    formats: { opened_on: 'M/D/YYYY', closed_on: ['M/D/YYYY'] },
    defaults: { contract_years: 1, customer: '未填' },
    identify: { employee: 'name' },
  };

  test('the shape of a CRM export', async () => {
    const report = await load('deals', saved(crm), { mapping });
    expect(report).toMatchObject({ inserted: 3, rejected: [] });
    expect(report.warnings.map(({ row, code }) => `${row} ${code}`)).toEqual([
      '2 not_employed',
      '2 segment_mismatch',
      '3 not_employed',
      '4 not_employed',
    ]);
    expect(
      await db.select(
        'SELECT deal_id, user_id, customer, product, stated_segment, status, opened_on, closed_on, amount_fen, contract_years FROM deals ORDER BY deal_id',
      ),
    ).toEqual([
      {
        deal_id: 'O1',
        user_id: 'zhangsan',
        customer: 'Cancity',
        product: 'GTX Pro',
        stated_segment: 'large',
        status: 'won',
        opened_on: '2016-10-20',
        closed_on: '2017-03-01',
        amount_fen: 105_400,
        contract_years: 1,
      },
      {
        deal_id: 'O2',
        user_id: 'lisi',
        customer: '未填',
        product: 'MG Special',
        stated_segment: null,
        status: 'open',
        opened_on: '2016-10-25',
        closed_on: null,
        amount_fen: null,
        contract_years: 1,
      },
      {
        deal_id: 'O3',
        user_id: 'zhangsan',
        customer: 'Isdom',
        product: 'GTX Pro',
        stated_segment: 'large',
        status: 'lost',
        opened_on: '2016-10-25',
        closed_on: '2017-12-31',
        amount_fen: 0,
        contract_years: 1,
      },
    ]);
  });

  test('a default makes a missing required column good', async () => {
    const path = saved('deal_id,amount,closed_on\nD1,5,2026-03-01\n');
    const report = await load('deals', path, {
      mapping: { defaults: { employee: 'zhangsan', 状态: '赢单' } },
    });
    expect(report).toMatchObject({ inserted: 1, rejected: [] });
  });

  test('a workbook has one mapping per sheet', async () => {
    const path = await workbookOf({
      培训: [
        ['谁', '课程', '完成日期', '是否通过'],
        ['S001', '协作', '1.2.2026', '过'],
      ],
    });
    const sheet = {
      columns: { 谁: 'employee' },
      values: { passed: { 过: '是' } },
      formats: { finished_on: 'D.M.YYYY' },
    };
    expect(await load('workbook', path, { mapping: { sheets: { trainings: sheet } } })).toMatchObject({
      inserted: 1,
    });
    await expect(load('workbook', path, { mapping: sheet })).rejects.toMatchObject({
      code: 'import.mapping_invalid',
    });
  });

  test('people are found by mobile only where the mapping says so, each asked for once', async () => {
    const asked: string[] = [];
    const lookUp = (mobile: string): Promise<string | null> => {
      asked.push(mobile);
      return Promise.resolve(mobile === '13800000001' ? 'zhangsan' : null);
    };
    const path = deals(
      'D1,13800000001,1,open,,,',
      'D2,13800000001,1,open,,,',
      'D3,13800000009,1,open,,,',
      'D4,zhangsan,1,open,,,',
    );
    const request = { kind: 'deals', path, mapping: { identify: { employee: 'mobile' } }, partial: true };
    const report = await intake(lookUp).importFile(operator, request);
    expect(asked).toEqual(['13800000001', '13800000009', 'zhangsan']);
    expect(report.rejected).toMatchObject([
      { row: 4, code: 'unknown_employee' },
      { row: 5, code: 'unknown_employee' },
    ]);
    expect(await intake().importFile(operator, request)).toMatchObject({
      error: { code: 'import.mobile_unavailable' },
    });
    expect(await load('deals', path, { partial: true })).toMatchObject({ inserted: 1 });
  });

  test.each([
    [[], '文件'],
    [{ colums: {} }, 'colums'],
    [{ columns: { a: 'amonut' } }, 'columns.a'],
    [{ formats: { closed_on: 'M/D' } }, 'formats.closed_on'],
    [{ identify: { employee: 'email' } }, 'identify.employee'],
    [{ values: { status: 'won' } }, 'values.status'],
    [{ defaults: { segment: ['large'] } }, 'defaults.segment'],
    [{ sheets: { dealz: {} } }, 'sheets.dealz'],
    [{ sheets: { deals: { columns: { a: 'b' } } } }, 'sheets.deals.columns.a'],
  ])('%j is refused at %s', async (bad, field) => {
    await expect(load('deals', saved(crm), { mapping: bad })).rejects.toMatchObject({
      code: 'import.mapping_invalid',
      params: { field },
    });
  });
});
