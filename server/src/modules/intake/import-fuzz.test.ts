import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { Importing, PROOF_TIMES, proofSeed, proofTimeout, tellProof } from '@shigang/test';
import type { ImportReport } from './index.ts';

/*
 * Damaged files, seeded: whatever is done to a file, the import ends with a report that names the trouble or with rows
 * that add up, and a refused file leaves nothing behind.
 */
jest.setTimeout(proofTimeout(240_000));
let house: Importing;
beforeAll(async () => {
  house = await Importing.open();
});

/** Whole numbers below a bound, the same on every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const SEED = 20_261_125;

const NASTY = [
  '"',
  ',',
  ';',
  '\n',
  '\u0000',
  '=1+1',
  '-1',
  '9'.repeat(40),
  '张三',
  '2026-02-30',
  'ÿ',
  '\ufeff',
  '\t',
  '1e999',
];
/** Cuts, repeats, overwrites or inserts, one to four times. */
function damaged(content: Buffer, random: (below: number) => number): Buffer {
  let bytes = Buffer.from(content);
  for (let times = 1 + random(4); times > 0; times -= 1) {
    const at = random(bytes.length || 1);
    const length = 1 + random(40);
    const [head, rest, tail] = [
      bytes.subarray(0, at),
      bytes.subarray(at, at + length),
      bytes.subarray(at + length),
    ];
    const pieces = [
      () => [head],
      () => [head, tail],
      () => [head, rest, rest, tail],
      () => [head, Buffer.from(rest.map(() => random(256))), tail],
      () => [head, Buffer.from(NASTY[random(NASTY.length)] ?? ''), rest, tail],
    ][random(5)];
    bytes = Buffer.concat(pieces?.() ?? [bytes]);
  }
  return bytes;
}

const count = async (): Promise<number> => {
  const [row] = await house.db.select<{ n: number }>(
    'SELECT (SELECT COUNT(*) FROM deals) + (SELECT COUNT(*) FROM trainings) AS n',
  );
  return Number(row?.n);
};

async function tryAll(
  content: Buffer,
  ending: string,
  inputs: number,
): Promise<{ taken: number; refused: number }> {
  const random = seeded(proofSeed(SEED));
  tellProof(`damaged ${ending} files`, inputs, proofSeed(SEED));
  const seen = { taken: 0, refused: 0 };
  for (let input = 0; input < inputs; input += 1) {
    const path = join(house.folder, `fuzz-${input}.${ending}`);
    writeFileSync(path, damaged(content, random));
    const before = await count();
    const kind = ending === 'xlsx' && random(2) === 0 ? 'workbook' : 'deals';
    const report: ImportReport = await house.load(kind, path, { partial: random(2) === 0 });
    const after = await count();
    if (report.error) {
      expect(report.error.code).toMatch(/^import\./);
      expect([report.batchId, report.inserted, after]).toEqual([null, 0, before]);
      seen.refused += 1;
    } else {
      expect(report.inserted + report.updated + report.unchanged + report.rejected.length).toBe(report.rows);
      expect(after).toBe(before + report.inserted);
      seen.taken += 1;
    }
    rmSync(path);
  }
  return seen;
}

const header = '商机编号,客户,销售,金额,状态,开始日期,结束日期,客户类型,业绩归属';
const csv = Array.from(
  { length: 12 },
  (_, index) =>
    `F${index},"客户,${index}",张三,"1,00${index}.50",赢单,2026/6/1,2026年7月${index + 1}日,小客户,zhangsan:7000;lisi:3000`,
);

test('400 damaged CSV files', async () => {
  const seen = await tryAll(Buffer.from([header, ...csv].join('\n')), 'csv', 400 * PROOF_TIMES);
  expect(seen.taken).toBeGreaterThan(20);
  expect(seen.refused).toBeGreaterThan(20);
});

test('250 damaged workbooks', async () => {
  const workbook = new ExcelJS.Workbook();
  const deals = workbook.addWorksheet('成交');
  deals.addRow(header.split(','));
  for (let index = 0; index < 12; index += 1) {
    deals.addRow([
      `W${index}`,
      '客户',
      '张三',
      100 + index,
      '赢单',
      new Date(Date.UTC(2026, 5, 1)),
      '2026-07-01',
      '小客户',
      null,
    ]);
  }
  workbook.addWorksheet('培训').addRows([
    ['员工', '课程', '完成日期', '是否通过'],
    ['张三', '协作', '2026-07-01', '是'],
  ]);
  const path = join(house.folder, 'whole.xlsx');
  await workbook.xlsx.writeFile(path);
  const seen = await tryAll(readFileSync(path), 'xlsx', 250 * PROOF_TIMES);
  expect(seen.taken + seen.refused).toBe(250 * PROOF_TIMES);
  expect(seen.refused).toBeGreaterThan(100);
});

test('a long sheet of empty rows is nothing', async () => {
  const path = join(house.folder, 'empty-rows.csv');
  writeFileSync(path, `${header}\n${',,,,\n'.repeat(20_000)}`);
  expect(await house.load('deals', path)).toMatchObject({
    rows: 0,
    inserted: 0,
    rejected: [],
  });
});
