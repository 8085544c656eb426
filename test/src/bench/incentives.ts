import { AuditLog, Database, operatorViewer, type SqlScalar, systemViewer } from '@shigang/server';
import { addDays, fen, period } from '@shigang/shared';
import { createIncentive } from '../../../server/src/modules/incentive/index.ts';
import { salesFile } from '../factories/incentive-cases.ts';
import { testServers } from '../harness/servers.ts';
import { VirtualClock } from '../harness/virtual-clock.ts';
import { alternate, numberOption, seeded } from './measure/alternate.ts';

const SYSTEM = systemViewer('test');

/*
 * Bench `incentives`: price the deals of a quarter for all employees and write their statements, against one
 * hand-written INSERT … SELECT that prices the simplest component over the same rows from the fastest layout (credits
 * clustered by employee and date, share stored). Default: 20,000 employees with 50 deals each.
 */

const employees = numberOption('employees', 20_000);
const dealsEach = numberOption('deals', 50);
const Q3 = period('2026Q3');
const USERS_PER_BATCH = 200;
const BASELINE_TABLE = `CREATE TABLE bench_lines (
  user_id VARCHAR(64) NOT NULL, anchor_on DATE NOT NULL, deal_id VARCHAR(64) NOT NULL, share_fen BIGINT NOT NULL,
  amount_fen BIGINT NOT NULL, PRIMARY KEY (user_id, anchor_on, deal_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`;

const { databaseUrl, runId } = testServers();
const name = `shigang_test_${runId}_bench_incentives`;
const server = await Database.open(databaseUrl, [], 1);
await server.execute(`DROP DATABASE IF EXISTS ${name}`);
await server.execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
const db = await Database.open(`${databaseUrl}/${name}`);
try {
  process.stdout.write(`${JSON.stringify(await bench())}\n`);
} finally {
  await db.close();
  await server.execute(`DROP DATABASE IF EXISTS ${name}`);
  await server.close();
}

async function bench(): Promise<object> {
  await db.migrate();
  const clock = new VirtualClock();
  const segments = { mediumFromFen: fen(500_000), largeFromFen: fen(1_000_000) };
  const settings = { current: async () => ({ segments, clawbackMonths: 12 }) };
  const incentive = createIncentive({ db, clock, audit: new AuditLog(clock), settings });
  await incentive.applyPlan(operatorViewer('bench'), salesFile(), { publish: true });
  await fill();
  await db.execute(BASELINE_TABLE);
  const result = await alternate({
    reset: async () => {
      for (const table of ['statements', 'statement_totals', 'bench_lines'])
        await db.execute(`TRUNCATE ${table}`);
    },
    baseline: async () => {
      await db.execute(
        `INSERT INTO bench_lines SELECT user_id, anchor_on, deal_id, share_fen, ROUND(share_fen * 80 / 10000)
         FROM deal_credits WHERE anchor_on BETWEEN '2026-07-01' AND '2026-09-30'`,
      );
    },
    ours: async () => {
      const { lines } = await incentive.computeStatements(SYSTEM, Q3);
      if (lines !== employees * dealsEach) throw new Error(`${lines} lines`);
    },
  });
  return { name: 'incentives', rows: employees * dealsEach, bar: 1.25, ...result };
}

async function fill(): Promise<void> {
  const random = seeded(6);
  let serial = 0;
  for (let first = 0; first < employees; first += USERS_PER_BATCH) {
    const roles: SqlScalar[][] = [];
    const credits: SqlScalar[][] = [];
    for (let person = first; person < Math.min(employees, first + USERS_PER_BATCH); person += 1) {
      const userId = `u${String(person).padStart(6, '0')}`;
      roles.push([userId, '2024-01-01', 'small_account', 'import']);
      for (let at = 0; at < dealsEach; at += 1) {
        const amount = 100_000 + random(20_000_000);
        const dealId = `D${String((serial += 1)).padStart(9, '0')}`;
        credits.push([userId, addDays('2026-07-01', random(92)), dealId, 10_000, amount, amount]);
      }
    }
    await db.insertMany('role_assignments', ['user_id', 'valid_from', 'role', 'source'], roles);
    const columns = ['user_id', 'anchor_on', 'deal_id', 'bp', 'share_fen', 'amount_fen'];
    await db.insertMany('deal_credits', columns, credits);
  }
  await db.execute('ANALYZE TABLE deal_credits');
}
