import fc from 'fast-check';
import { asSpreadsheetShows, BadCell, cellOfExcel, type Cell } from '../read/cell.ts';
import { compileDateFormat } from './date-format.ts';
import { parseCredits } from './credits.ts';
import { parseAmount, parseBounded, parseYesNo } from './numbers.ts';
import { Refusal } from './refusal.ts';
import { Choice, parseText } from './texts.ts';
import { parseDay, parseMoment } from './times.ts';

const codeOf = (parsed: unknown): unknown => (parsed instanceof Refusal ? parsed.code : parsed);

describe('amounts', () => {
  test.each<[Cell, unknown]>([
    ['150000', 15_000_000],
    ['150,000.00', 15_000_000],
    ['¥150,000', 15_000_000],
    ['￥ 150,000.5 元', 15_000_050],
    ['15万', 15_000_000],
    ['1.234567万', 1_234_567],
    ['1.2345678万', 'type'],
    ['2亿', 20_000_000_000],
    ['１５０，０００．００', 15_000_000],
    ['RMB 12', 1_200],
    ['-5', -500],
    ['¥-5', -500],
    ['0.01', 1],
    ['0.015', 'type'],
    ['0.010', 1],
    [150_000.1, 15_000_010],
    [1e21, 'range'],
    [1e-7, 'type'],
    [-0.0, 0],
    ['1,50', 'type'],
    ['1,5000', 'type'],
    ['--5', 'type'],
    ['$5', 'type'],
    ['5万元', 5_000_000],
    ['100000000000', 10_000_000_000_000],
    ['100000000000.01', 'range'],
    ['9'.repeat(400), 'range'],
    ['1000000亿', 'range'],
    ['十五万', 'type'],
    ['', 'type'],
    ['.5', 'type'],
    [true, 'type'],
    [new Date(0), 'type'],
    [new BadCell('#N/A'), 'type'],
    [null, 'type'],
  ])('%p → %p', (cell, expected) => expect(codeOf(parseAmount(cell))).toBe(expected));

  test('every amount of fen, written with or without separators or as a number, comes back exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }), (amountFen) => {
        const yuan = (Math.abs(amountFen) / 100).toFixed(2);
        const sign = amountFen < 0 ? '-' : '';
        const grouped = yuan.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
        expect(parseAmount(sign + yuan)).toBe(amountFen);
        expect(parseAmount(`¥${sign}${grouped}`)).toBe(amountFen);
        expect(parseAmount(cellOfExcel(amountFen / 100))).toBe(amountFen);
      }),
      { seed: 11, numRuns: 2_000 },
    );
  });

  test('no text makes it throw or give anything but safe fen or a refusal', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789,.-+¥万亿元e ') })),
        (text) => {
          const parsed = parseAmount(text);
          expect(parsed instanceof Refusal || Number.isSafeInteger(parsed)).toBe(true);
        },
      ),
      { seed: 12, numRuns: 5_000 },
    );
  });
});

test.each<[Cell, { places: number; min: number; max: number }, unknown]>([
  ['9.2', { places: 1, min: 0, max: 10 }, 92],
  [9.2, { places: 1, min: 0, max: 10 }, 92],
  ['10.0', { places: 1, min: 0, max: 10 }, 100],
  ['10.1', { places: 1, min: 0, max: 10 }, 'range'],
  ['9.25', { places: 1, min: 0, max: 10 }, 'type'],
  ['-0.1', { places: 1, min: 0, max: 10 }, 'range'],
  ['2', { places: 0, min: 1, max: 100 }, 2],
  ['2.0', { places: 0, min: 1, max: 100 }, 2],
  ['2.5', { places: 0, min: 1, max: 100 }, 'type'],
  ['0', { places: 0, min: 1, max: 100 }, 'range'],
  ['99999999999999999999', { places: 0, min: 1, max: 100 }, 'range'],
  ['两年', { places: 0, min: 1, max: 100 }, 'type'],
  [false, { places: 0, min: 0, max: 1 }, 'type'],
])('%p within %p → %p', (cell, bounds, expected) =>
  expect(codeOf(parseBounded(cell, bounds))).toBe(expected),
);

test.each<[Cell, unknown]>([
  ...(['是', 'yes', 'TRUE', '1', 'Ｙ', 1, true] as const).map((cell): [Cell, unknown] => [cell, true]),
  ...(['否', 'No', 'false', '0', 'n', 0, false] as const).map((cell): [Cell, unknown] => [cell, false]),
  ['也许', 'type'],
  [2, 'type'],
  [new BadCell('#N/A'), 'type'],
])('yes or no: %p → %p', (cell, expected) => expect(codeOf(parseYesNo(cell))).toBe(expected));

describe('days and times', () => {
  test.each<[Cell, unknown]>([
    ['2026-07-01', '2026-07-01'],
    ['2026/7/1', '2026-07-01'],
    ['2026.7.1', '2026-07-01'],
    ['2026年7月1日', '2026-07-01'],
    ['２０２６－０７－０１', '2026-07-01'],
    ['20260701', '2026-07-01'],
    [20_260_701, '2026-07-01'],
    ['2026-07-01 14:05', '2026-07-01'],
    ['2026-07-01 14:05:09', '2026-07-01'],
    ['2026年7月1日 14:05', '2026-07-01'],
    ['2026-06-30T18:00:00Z', '2026-07-01'],
    ['2026-07-01T00:30:00.000+08:00', '2026-07-01'],
    [new Date('2026-07-01T00:00:00Z'), '2026-07-01'],
    [46_204, '2026-07-01'],
    [46_204.999999, '2026-07-02'],
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', 'date'],
    ['2026/2/30', 'date'],
    ['2026-13-01', 'date'],
    ['2026-07-01 24:00', 'date'],
    ['2026-07-01 12:60', 'date'],
    ['7/1/2026', 'date'],
    ['26-07-01', 'date'],
    ['1899-12-31', 'date'],
    [1, 'date'],
    [999_999, 'date'],
    [20_261_301, 'date'],
    ['明天', 'date'],
    [true, 'date'],
    [new BadCell('#VALUE!'), 'date'],
  ])('%p is the day %p', (cell, expected) => expect(codeOf(parseDay(cell, []))).toBe(expected));

  test.each<[Cell, unknown]>([
    ['2026-07-01 14:05', '2026-07-01 14:05:00'],
    ['2026/7/1 9:05:09', '2026-07-01 09:05:09'],
    ['2026-07-01', '2026-07-01 00:00:00'],
    ['2026-07-01T06:05:00Z', '2026-07-01 14:05:00'],
    [46_204.586_805_56, '2026-07-01 14:05:00'],
    [new Date(Date.UTC(2026, 6, 1, 14, 4, 59, 999)), '2026-07-01 14:05:00'],
    ['14:05', 'date'],
  ])('%p is the moment %p', (cell, expected) => expect(codeOf(parseMoment(cell, []))).toBe(expected));

  test('every day of 1900–2199 comes back in every form', () => {
    fc.assert(
      fc.property(fc.integer({ min: -25_567, max: 84_005 }), (number) => {
        const text = new Date(number * 86_400_000).toISOString().slice(0, 10);
        const [year, month, day] = text.split('-').map(Number);
        const forms = [
          text,
          `${year}/${month}/${day}`,
          `${year}年${month}月${day}日`,
          new Date(number * 86_400_000),
        ];
        for (const form of forms) expect(parseDay(form, [])).toBe(text);
      }),
      { seed: 13, numRuns: 1_000 },
    );
  });

  test.each([
    ['M/D/YYYY', '3/1/2017', '2017-03-01 00:00:00'],
    ['M/D/YYYY', '13/1/2017', 'date'],
    ['DD.MM.YYYY HH:mm', '01.03.2017 09:05', '2017-03-01 09:05:00'],
    ['YYYY年M月D日H时m分s秒', '2017年3月1日9时5分7秒', '2017-03-01 09:05:07'],
    ['D/M/YYYY', '2017-03-01', '2017-03-01 00:00:00'],
  ])('format %s reads %s as %s', (format, text, expected) => {
    const compiled = compileDateFormat(format);
    expect(codeOf(parseMoment(text, compiled ? [compiled] : []))).toBe(expected);
  });

  test.each(['M/D', 'YYYY', 'YYYY-M-M-D', ''])('format %p is none', (format) =>
    expect(compileDateFormat(format)).toBeNull(),
  );
});

test.each<[Cell, unknown]>([
  [
    'zhangsan:7000;lisi:3000',
    [
      { person: 'zhangsan', bp: 7_000 },
      { person: 'lisi', bp: 3_000 },
    ],
  ],
  [
    '张三：7000； S002 : 3000；',
    [
      { person: '张三', bp: 7_000 },
      { person: 'S002', bp: 3_000 },
    ],
  ],
  ['a:10000', [{ person: 'a', bp: 10_000 }]],
  ['a:7000;b:2999', 'credits_sum'],
  ['a:0;b:10000', 'range'],
  ['a:10001', 'range'],
  ['a:70%;b:30%', 'type'],
  ['a', 'type'],
  [';', 'type'],
  [7_000, 'type'],
])('credits %p → %p', (cell, expected) => expect(codeOf(parseCredits(cell))).toEqual(expected));

test('texts are shown as the file shows them, within their length', () => {
  expect(parseText(12.5, 64)).toBe('12.5');
  expect(parseText(new Date('2026-07-01T00:00:00Z'), 64)).toBe('2026-07-01');
  expect(codeOf(parseText('12345', 4))).toBe('too_long');
  expect(codeOf(parseText(new BadCell('#REF!'), 64))).toBe('type');
});

test('choices are known by code and name, whatever their case and width', () => {
  const choice = new Choice({ won: '赢单', lost: '输单' });
  expect(['won', 'WON', '赢单', 'ｗｏｎ', ' 赢单 '].map((text) => choice.read(text))).toEqual(
    Array(5).fill('won'),
  );
  expect(codeOf(choice.read('流失'))).toBe('enum');
  expect(codeOf(choice.read(new BadCell('#N/A')))).toBe('enum');
});

test('cells of a workbook: what is no value is no text either', () => {
  expect(cellOfExcel('  ')).toBeNull();
  expect(cellOfExcel(undefined)).toBeNull();
  expect(cellOfExcel(Number.NaN)).toBeInstanceOf(BadCell);
  expect(asSpreadsheetShows(0.1 + 0.2)).toBe(0.3);
  expect(cellOfExcel({ sharedFormula: 'A1', result: 5 })).toBe(5);
  expect(cellOfExcel({ formula: 'A1/0', result: { error: '#DIV/0!' } })).toEqual(new BadCell('#DIV/0!'));
  expect(cellOfExcel({ formula: 'A1', result: Number.NaN })).toEqual(new BadCell('=A1'));
  expect(cellOfExcel({ text: { richText: [{ text: 'a' }, {}] }, hyperlink: 'x' })).toBe('a');
});
