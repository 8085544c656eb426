import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { buildApp, Database, operatorViewer, readConfig } from '@shigang/server';
import { testServers } from '../harness/servers.ts';
import { VirtualClock } from '../harness/virtual-clock.ts';
import { alternate, numberOption, seeded } from './measure/alternate.ts';

/*
 * Bench `import`: a deals .xlsx of 100,000 rows and 12 columns, validated and merged into empty tables, against only
 * parsing the same file with the same library (exceljs, its public streaming reader); and the same file once more,
 * against the first import.
 */

const rows = numberOption('rows', 100_000);
const employees = numberOption('employees', 1_000);
const UPDATED = '2026-01-01 00:00:00';
const DAY_MS = 86_400_000;
const operator = operatorViewer('bench');

const folder = mkdtempSync(join(tmpdir(), 'shigang-bench-'));
const path = join(folder, 'deals.xlsx');
const { databaseUrl, runId } = testServers();
const name = `shigang_test_${runId}_bench_import`;
const server = await Database.open(databaseUrl, [], 1);
await server.execute(`DROP DATABASE IF EXISTS ${name}`);
await server.execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
const url = `${databaseUrl}/${name}`;
const db = await Database.open(url);
try {
  process.stdout.write(`${JSON.stringify(await bench())}\n`);
} finally {
  await db.close();
  await server.execute(`DROP DATABASE IF EXISTS ${name}`);
  await server.close();
  rmSync(folder, { recursive: true });
}

async function bench(): Promise<object> {
  await db.migrate();
  await fill();
  await writeDeals();
  const overrides = { db, clock: new VirtualClock() };
  const { modules } = await buildApp(readConfig({ DATABASE_URL: url }, []), [], { name: 'bench', overrides });
  const load = async (expected: 'inserted' | 'unchanged'): Promise<void> => {
    const report = await modules.intake.importFile(operator, { kind: 'deals', path });
    if (report[expected] !== rows) throw new Error(JSON.stringify(report).slice(0, 2_000));
  };
  const reset = async (): Promise<void> => {
    for (const table of ['deals', 'deal_credits', 'dirty_marks', 'import_batches'])
      await db.execute(`TRUNCATE ${table}`);
  };
  const first = await alternate({ reset, baseline: parseOnly, ours: () => load('inserted') });
  let side = 0;
  const again = await alternate({
    // Before the first import of a round the tables are emptied, before the second they hold its rows.
    reset: async () => {
      if (side % 2 === 0) await reset();
      side += 1;
    },
    baseline: () => load('inserted'),
    ours: () => load('unchanged'),
  });
  return { name: 'import', rows, bar: 2, ...first, again: { name: 'the same file again', bar: 1, ...again } };
}

async function parseOnly(): Promise<void> {
  const options = {
    worksheets: 'emit',
    sharedStrings: 'cache',
    hyperlinks: 'ignore',
    styles: 'cache',
    entries: 'ignore',
  } as const;
  let cells = 0;
  for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(path, options)) {
    for await (const row of sheet) cells += (row.values as unknown[]).length;
  }
  if (cells < rows) throw new Error('the file was not read');
}

async function fill(): Promise<void> {
  const people = Array.from({ length: employees }, (_, index) => [
    `u${index}`,
    `员工${index}`,
    `J${index}`,
    '2020-01-01',
    UPDATED,
  ]);
  await db.insertMany('employees', ['user_id', 'name', 'job_number', 'hired_on', 'updated_at'], people);
}

/** Three years of deals, half of them won, in the form that a spreadsheet program writes. */
async function writeDeals(): Promise<void> {
  const random = seeded(11);
  const writer = new ExcelJS.stream.xlsx.WorkbookWriter({
    filename: path,
    useStyles: true,
    useSharedStrings: false,
  });
  const sheet = writer.addWorksheet('成交');
  const titles = [
    '商机编号',
    '客户',
    '销售',
    '金额',
    '状态',
    '开始日期',
    '结束日期',
    '客户类型',
    '合同年限',
    '产品',
    '已回款',
    '回款日期',
  ];
  sheet.columns = titles.map((title) => ({ header: title, key: title }));
  for (const title of ['开始日期', '结束日期', '回款日期']) sheet.getColumn(title).numFmt = 'yyyy-mm-dd';
  for (let index = 0; index < rows; index += 1) {
    const isWon = random(2) === 0;
    const amount = (10_000 + random(3_000_000)) / 100;
    const openedOn = Date.UTC(2023, 9, 1) + random(1_000) * DAY_MS;
    const closedOn = new Date(openedOn + random(60) * DAY_MS);
    const segment = amount < 5_000 ? '小客户' : amount < 10_000 ? '中客户' : '大客户';
    const money = isWon ? [amount, closedOn] : [null, null];
    const outcome = [
      isWon ? '赢单' : '输单',
      new Date(openedOn),
      closedOn,
      segment,
      1 + random(3),
      '企业服务套餐',
    ];
    sheet
      .addRow([
        `D${String(index).padStart(9, '0')}`,
        `客户${random(5_000)}`,
        `u${random(employees)}`,
        amount,
        ...outcome,
        ...money,
      ])
      .commit();
  }
  sheet.commit();
  await writer.commit();
}
