import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { Importing } from '@shigang/test';

jest.setTimeout(60_000);
let house: Importing;
beforeAll(async () => {
  house = await Importing.open();
});
beforeEach(() => house.clear());

const DEALS = 'deal_id,employee,amount,status,opened_on,closed_on,credits';
const deals = (...rows: string[]): string => house.saved(`${DEALS}\n${rows.join('\n')}\n`);

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
    expect(await house.load('workbook', house.saved(content(), 'xlsx'))).toMatchObject({
      rows: 0,
      error: { code },
    });
  });

  test('a workbook cut off anywhere is refused, never half read', async () => {
    const whole = readFileSync(
      await house.workbookOf({
        成交: [
          ['商机编号', '销售', '状态'],
          ['D1', 'S001', '进行中'],
        ],
      }),
    );
    for (let share = 1; share < 20; share += 1) {
      const report = await house.load(
        'deals',
        house.saved(whole.subarray(0, Math.floor((whole.length * share) / 20)), 'xlsx'),
      );
      expect(report.error?.code).toBe('import.file_unreadable');
    }
    expect(await house.count('deals')).toBe(0);
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
    const report = await house.load('deals', house.saved(crm), { mapping });
    expect(report).toMatchObject({ inserted: 3, rejected: [] });
    expect(report.warnings.map(({ row, code }) => `${row} ${code}`)).toEqual([
      '2 not_employed',
      '2 segment_mismatch',
      '3 not_employed',
      '4 not_employed',
    ]);
    expect(
      await house.db.select(
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
    const path = house.saved('deal_id,amount,closed_on\nD1,5,2026-03-01\n');
    const report = await house.load('deals', path, {
      mapping: { defaults: { employee: 'zhangsan', 状态: '赢单' } },
    });
    expect(report).toMatchObject({ inserted: 1, rejected: [] });
  });

  test('a workbook has one mapping per sheet', async () => {
    const path = await house.workbookOf({
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
    expect(await house.load('workbook', path, { mapping: { sheets: { trainings: sheet } } })).toMatchObject({
      inserted: 1,
    });
    await expect(house.load('workbook', path, { mapping: sheet })).rejects.toMatchObject({
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
    const report = await (await house.intake(lookUp)).importFile(house.operator, request);
    expect(asked).toEqual(['13800000001', '13800000009', 'zhangsan']);
    expect(report.rejected).toMatchObject([
      { row: 4, code: 'unknown_employee' },
      { row: 5, code: 'unknown_employee' },
    ]);
    expect(await (await house.intake()).importFile(house.operator, request)).toMatchObject({
      error: { code: 'import.mobile_unavailable' },
    });
    expect(await house.load('deals', path, { partial: true })).toMatchObject({ inserted: 1 });
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
    await expect(house.load('deals', house.saved(crm), { mapping: bad })).rejects.toMatchObject({
      code: 'import.mapping_invalid',
      params: { field },
    });
  });
});
