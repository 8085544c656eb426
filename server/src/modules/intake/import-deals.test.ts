import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, VirtualClock } from '@shigang/test';
import { AuditLog } from '../../audit/audit-log.ts';
import { operatorViewer } from '../../access/index.ts';
import type { Database } from '../../platform/database.ts';
import { createFacts } from '../facts/index.ts';
import { createSettings } from '../settings/index.ts';
import { createIntake, type ImportReport } from './index.ts';

const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
const operator = operatorViewer('tester');
const folder = mkdtempSync(join(tmpdir(), 'shigang-import-'));
let db: Database;
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

const intake = () => {
  const audit = new AuditLog(clock);
  return createIntake({
    db,
    clock,
    audit,
    facts: createFacts({ db, clock }),
    settings: createSettings({ db, clock, audit }),
  });
};
let files = 0;
const csv = (text: string | Buffer): string => {
  files += 1;
  const path = join(folder, `file-${files}.csv`);
  writeFileSync(path, text);
  return path;
};
const load = (text: string | Buffer, options: object = {}): Promise<ImportReport> =>
  intake().importFile(operator, { kind: 'deals', path: csv(text), ...options });

test('a CSV of deals goes in, its credits follow, and the same file changes nothing', async () => {
  const text = `商机编号,客户,销售,金额,状态,开始日期,结束日期,业绩归属
D1,恒远,张三,"¥150,000.00",赢单,2026/6/30,2026年9月12日,zhangsan:3333;S002:6667
D2,安和,S002,15万,进行中,2026-09-01,,
`;
  const first = await load(text);
  expect(first).toMatchObject({
    kind: 'deals',
    rows: 2,
    inserted: 2,
    updated: 0,
    unchanged: 0,
    rejected: [],
    warnings: [],
  });
  expect(await db.select('SELECT user_id, share_fen, amount_fen FROM deal_credits ORDER BY user_id')).toEqual(
    [
      { user_id: 'lisi', share_fen: 10_000_500, amount_fen: 15_000_000 },
      { user_id: 'zhangsan', share_fen: 4_999_500, amount_fen: 15_000_000 },
    ],
  );
  expect(await load(text)).toMatchObject({ rows: 2, inserted: 0, updated: 0, unchanged: 2, rejected: [] });
});
