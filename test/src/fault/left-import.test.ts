import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { held } from '../factories/held-row.ts';
import { buildEmployee } from '../factories/rows.ts';
import { openHouse, type TestHouse } from '../harness/processes/house.ts';
import { startShigang } from '../harness/processes/shigang-process.ts';
import { afterSuite } from '../harness/servers.ts';
import { until } from '../harness/until.ts';
import { startWatchedWorker } from './watched-worker.ts';

/* An import's process killed with SIGKILL while it applies, and nobody imports or computes: a worker finishes it. */

const ROWS = 3_000;
/** In the last piece of a thousand. */
const HELD = 2_900;
const HEAD = '商机编号,销售,金额,状态,开始日期,结束日期,客户类型\n';
/** The lease of the dead process, and a worker's next looks. */
const TAKEN_UP_MS = 60_000;
jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), 'shigang-left-'));
afterSuite(async () => rmSync(folder, { recursive: true }));

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  await buildEmployee(house.db, { userId: 'left1', name: '留下', jobNumber: 'L1', hiredOn: '2020-01-01' });
});

const row = (index: number, amount: number): string => `D${index},left1,${amount},won,,2026-03-01,`;
function saved(name: string, rows: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, HEAD + rows.join('\n'));
  return path;
}
async function count(sql: string): Promise<number> {
  const [found] = await house.db.select<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`);
  return Number(found?.n);
}

test('a worker takes it up when its lease has ended, and applies it to its end', async () => {
  await house.run('import', 'deals', saved('first.csv', [row(HELD, 7)]));
  const worker = await startWatchedWorker(house);
  const goOn = await held(house.db, `SELECT deal_id FROM deals WHERE deal_id = 'D${HELD}' FOR UPDATE`);
  const path = saved(
    'big.csv',
    Array.from({ length: ROWS }, (_, index) => row(index, 100)),
  );
  const victim = startShigang(['import', 'deals', path], house.env);
  await until('two pieces of three', async () => ((await count('deals')) > 2_000 ? true : undefined));
  const gone = once(victim.child, 'exit');
  victim.child.kill('SIGKILL');
  await gone;
  await goOn();
  expect(await count('import_batches')).toBe(1);
  await until(
    'the batch is closed',
    async () => ((await count('import_batches')) === 2 ? true : undefined),
    TAKEN_UP_MS,
  );
  expect(worker.linesOf('imports.finish-left').map((line) => line.msg)).toContain('job started');
  expect(await count('deals WHERE amount_fen = 10000')).toBe(ROWS);
  expect(await count('deal_credits')).toBe(ROWS);
  for (const table of ['import_runs', 'import_rows']) expect(await count(table)).toBe(0);
});
