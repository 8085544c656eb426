import { systemViewer } from '../../access/index.ts';
import { join } from 'node:path';
import { Importing } from '@shigang/test';

const SYSTEM = systemViewer('test');

jest.setTimeout(60_000);
let house: Importing;
beforeAll(async () => {
  house = await Importing.open();
});
beforeEach(() => house.clear());

const DEALS = 'deal_id,employee,amount,status,opened_on,closed_on,credits';

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
    expect(await house.load('deals', house.saved(content), options)).toMatchObject({
      inserted: 1,
      rejected: [],
      warnings: [],
    });
    const [deal] = await house.db.select<{ customer: string }>('SELECT customer FROM deals');
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
    const report = await house.load('deals', house.saved(content), options);
    expect(report).toMatchObject({
      batchId: null,
      rows: 0,
      rejected: [],
      error: { code, message: expect.stringMatching(/\S/) },
    });
    expect(await house.count('deals')).toBe(0);
  });

  test('an absent file, and a kind that does not exist', async () => {
    expect(await house.load('deals', join(house.folder, 'none.csv'))).toMatchObject({
      error: { code: 'import.file_missing' },
    });
    await expect(house.load('deal', house.saved(text))).rejects.toMatchObject({
      code: 'import.kind_unknown',
    });
  });
});

describe('workbooks', () => {
  const D = (text: string): Date => new Date(`${text}Z`);

  test('all sheets, whatever their order: receipts find the deals of the same file', async () => {
    const path = await house.workbookOf({
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
    const report = await house.load('workbook', path);
    expect(report).toMatchObject({ kind: 'workbook', rows: 9, inserted: 9, rejected: [], warnings: [] });
    expect(await house.db.select('SELECT amount_fen FROM deal_credits')).toEqual([
      { amount_fen: 15_000_010 },
    ]);
    expect(await house.db.select('SELECT response_sec FROM collaborations')).toEqual([
      { response_sec: 5_400 },
    ]);
    expect(await house.db.select('SELECT share_fen, years FROM renewal_credits')).toEqual([
      { share_fen: 10_000, years: 2 },
    ]);
    expect(await house.db.select('SELECT score_ten_thousandths FROM assessments')).toEqual([
      { score_ten_thousandths: 932_500 },
    ]);
    expect(await house.db.select('SELECT score_tenths, given_q FROM feedback')).toEqual([
      { score_tenths: 92, given_q: 8104 },
    ]);
    expect(await house.load('workbook', path)).toMatchObject({ rows: 9, unchanged: 9 });
  });

  test('issues name their sheet; a sheet with a missing column stops the file before any row', async () => {
    const broken = await house.workbookOf({
      成交: [
        ['商机编号', '销售', '金额', '状态', '结束日期'],
        ['D1', 'S001', 'x', '赢单', '2026-03-01'],
      ],
      培训: [
        ['员工', '课程'],
        ['张三', '大客户协作'],
      ],
    });
    const stopped = await house.load('workbook', broken);
    expect(stopped).toMatchObject({ rows: 0, rejected: [], error: { code: 'import.column_missing' } });
    expect(stopped.error?.message).toContain('完成日期（finished_on）');
    const bad = await house.workbookOf({
      成交: [['商机编号', '销售', '金额', '状态', '结束日期'], [], ['D1', 'S001', 'x', '赢单', '2026-03-01']],
      别的: [['x']],
    });
    expect(await house.load('workbook', bad)).toMatchObject({
      rejected: [{ sheet: '成交', row: 3, field: 'amount', code: 'type' }],
      warnings: [{ sheet: '别的', code: 'ignored_column' }],
    });
  });

  test('formulas count as their results, rich text as its text, errors are refused', async () => {
    const path = await house.workbookOf({
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
    const report = await house.load('deals', path, { partial: true });
    expect(report.rejected).toMatchObject([
      { row: 3, field: 'amount', value: '=A1+1', code: 'type' },
      { row: 4, field: 'amount', value: '#N/A', code: 'type' },
    ]);
    expect(
      await house.db.select('SELECT deal_id, amount_fen, closed_on, customer FROM deals ORDER BY deal_id'),
    ).toEqual([
      { deal_id: '20260301', amount_fen: 100, closed_on: '2026-03-01', customer: '安和' },
      { deal_id: 'D1', amount_fen: 10_000, closed_on: '2026-03-01', customer: '恒远' },
      { deal_id: 'D4', amount_fen: 30, closed_on: '2026-03-01', customer: null },
    ]);
  });

  test('the template goes through its own import, and every column of it is known', async () => {
    const path = house.pathOf('xlsx');
    expect((await (await house.intake()).writeTemplate(SYSTEM, path)).sheets).toHaveLength(10);
    expect(await house.load('workbook', path)).toMatchObject({
      rows: 0,
      inserted: 0,
      rejected: [],
      warnings: [],
    });
    await expect(
      (await house.intake()).writeTemplate(SYSTEM, join(house.folder, 'none', 'x.xlsx')),
    ).rejects.toMatchObject({
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
    const path = await house.workbookOf({
      成交: [['商机编号', '销售', '金额', '状态', '结束日期', '客户'], ...rows],
    });
    expect(await house.load('deals', path)).toMatchObject({ inserted: 5_000 });
    const [wrong] = await house.db.select<{ n: number }>(
      'SELECT COUNT(*) AS n FROM deals WHERE customer <> CONCAT(?, SUBSTRING(deal_id, 2))',
      [name],
    );
    expect(wrong?.n).toBe(0);
  });
});
