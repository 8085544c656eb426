import { once } from 'node:events';
import { Importing } from '../factories/importing.ts';
import { held } from '../factories/held-row.ts';
import { startShigang, type Env, type RunningShigang } from '../harness/processes/shigang-process.ts';
import { urlOf } from '../harness/databases/test-database.ts';
import { until } from '../harness/until.ts';

/*
 * An import's process killed with SIGKILL: while it applies, what it read is applied to its end by whoever comes next; while
 * it reads, nothing of it is left. The process waits for a row or a table that the test holds.
 */

const ROWS = 3_000;
/** In the last piece of a thousand. */
const HELD = 2_900;
const HEAD = '商机编号,销售,金额,状态,开始日期,结束日期,客户类型\n';
jest.setTimeout(180_000);

let house: Importing;
beforeAll(async () => {
  house = await Importing.open();
});
beforeEach(() => house.clear());

const row = (index: number, amount: number): string => `D${index},zhangsan,${amount},won,,2026-03-01,`;
const big = (): string =>
  house.saved(HEAD + Array.from({ length: ROWS }, (_, index) => row(index, 100)).join('\n'));
const env = (): Env => ({ DATABASE_URL: urlOf(house.db), BUSINESS_NOW: '2026-10-12T09:30+08:00' });

async function kill(running: RunningShigang): Promise<void> {
  const gone = once(running.child, 'exit');
  running.child.kill('SIGKILL');
  await gone;
}

/** As the clock of leases would say some time later. */
const letLeasesEnd = (): Promise<unknown> =>
  house.db.execute("UPDATE import_runs SET lease_until = '2020-01-01 00:00:00'");

/** Everything that an import leaves, without the ids and marks that differ each time. */
async function books(): Promise<object> {
  const select = (sql: string): Promise<object[]> => house.db.select(sql);
  return {
    deals: await select('SELECT deal_id, user_id, amount_fen, closed_q FROM deals ORDER BY deal_id'),
    credits: await select('SELECT user_id, anchor_on, deal_id, share_fen FROM deal_credits ORDER BY deal_id'),
    batches: await select('SELECT kind, figures, created_by FROM import_batches ORDER BY figures, kind'),
    revisions: await select('SELECT kind, natural_key FROM fact_revisions'),
    marks: await select('SELECT user_id, quarter, purpose FROM dirty_marks ORDER BY 1, 2, 3'),
    audit: await select('SELECT actor, action FROM audit_log ORDER BY seq'),
    left: await select('SELECT batch_id FROM import_runs'),
    rows: await select('SELECT position FROM import_rows'),
  };
}

test('killed while it applies: the next import finishes it first, exactly as an undisturbed one', async () => {
  const seed = (): Promise<unknown> => house.load('deals', house.saved(HEAD + row(HELD, 7)));
  const other = (): Promise<unknown> =>
    house.load('trainings', house.saved('员工,课程,完成日期,是否通过\n张三,A,2026-05-08,是\n'));
  await seed();
  const path = big();
  const undisturbed = startShigang(['import', 'deals', path], env());
  await once(undisturbed.child, 'exit');
  await other();
  const wanted = await books();

  await house.clear();
  await seed();
  const goOn = await held(house.db, `SELECT deal_id FROM deals WHERE deal_id = 'D${HELD}' FOR UPDATE`);
  const victim = startShigang(['import', 'deals', path], env());
  await until('two pieces of three', async () => ((await house.count('deals')) > 2_000 ? true : undefined));
  await kill(victim);
  await goOn();
  expect(await house.count('import_batches')).toBe(1);
  await letLeasesEnd();
  await other();
  expect(await books()).toEqual(wanted);
});

test('killed while it reads: nothing was taken over, and what was staged is forgotten', async () => {
  const goOn = await held(house.db, 'LOCK TABLES import_rows WRITE');
  const victim = startShigang(['import', 'deals', big()], env());
  await until('a run that reads', async () => {
    const runs = await house.db.select("SELECT batch_id FROM import_runs WHERE state = 'reading'");
    return runs.length > 0 ? true : undefined;
  });
  await kill(victim);
  await goOn();
  await letLeasesEnd();
  expect(await house.load('deals', house.saved(HEAD + row(1, 5)))).toMatchObject({ inserted: 1 });
  expect(await house.count('deals')).toBe(1);
  for (const table of ['import_runs', 'import_rows']) expect(await house.count(table)).toBe(0);
});
