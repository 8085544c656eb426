import { period, quarterIndex } from '@shigang/shared';
import { operatorViewer, systemViewer } from '../../../server/src/access/index.ts';
import { AuditLog } from '../../../server/src/audit/audit-log.ts';
import { rebuildProfiles } from '../../../server/src/modules/match/rebuild-profiles.ts';
import { applyRoleModel } from '../../../server/src/modules/match/role-model-store.ts';
import { createSettings } from '../../../server/src/modules/settings/index.ts';
import { Database } from '../../../server/src/platform/database.ts';
import { fillBigData, sizeFor } from '../demo/big/big-data.ts';
import { testServers } from '../harness/servers.ts';
import { VirtualClock } from '../harness/virtual-clock.ts';
import { defaultModelFile } from '../vectors/default-model.ts';
import { alternate, numberOption, type Comparison } from './measure/alternate.ts';

/*
 * Bench `rebuild`: all metrics, profiles, scores, tiers and team averages of one quarter, written, against what an SQL
 * expert would write by hand for the same sums: one INSERT … SELECT … GROUP BY per metric into one row per employee and
 * metric, each statement with its best covering index; no scores, no tiers. Measured at a tenth of the size as well:
 * the growth is the time of the full size ÷ the time of the tenth.
 */

const employees = numberOption('employees', 20_000);
const role = 'large_account' as const;
const Q3 = period('2026Q3');
const FIRST = '2025-10-01';
const LAST = '2026-09-30';
const WINDOW = [0, 1, 2, 3].map((back) => quarterIndex(Q3) - back).join(', ');
const OPEN = 9_999;

const { databaseUrl, runId } = testServers();
const tenth = await bench(Math.max(1, Math.round(employees / 10)));
const full = await bench(employees);
process.stdout.write(
  `${JSON.stringify({
    name: 'rebuild',
    bar: 0.8,
    rows: full.rows,
    ...full.result,
    tenth: { rows: tenth.rows, ...tenth.result },
    growth: Math.round((full.result.oursMs / tenth.result.oursMs) * 100) / 100,
  })}\n`,
);

async function bench(people: number): Promise<{ rows: object; result: Comparison }> {
  const name = `shigang_test_${runId}_bench_rebuild`;
  const server = await Database.open(databaseUrl, [], 1);
  await server.execute(`DROP DATABASE IF EXISTS ${name}`);
  await server.execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const db = await Database.open(`${databaseUrl}/${name}`);
  try {
    await db.migrate();
    await fillBigData(db, sizeFor(people));
    await layOutBaseline(db);
    return { rows: sizeFor(people), result: await compare(db, people) };
  } finally {
    await db.close();
    await server.execute(`DROP DATABASE IF EXISTS ${name}`);
    await server.close();
  }
}

async function compare(db: Database, people: number): Promise<Comparison> {
  const clock = new VirtualClock();
  const audit = new AuditLog(clock);
  const deps = { db, clock, audit, settings: createSettings({ db, clock, audit }) };
  await applyRoleModel(deps, operatorViewer('bench'), defaultModelFile('2025Q4'));
  return alternate({
    reset: async () => {
      for (const table of ['profiles', 'team_averages', 'bench_metrics'])
        await db.execute(`TRUNCATE ${table}`);
    },
    baseline: async () => {
      for (const statement of baseline()) await db.execute(statement);
    },
    ours: async () => {
      const done = await rebuildProfiles(deps, systemViewer('bench'), { period: Q3, role });
      if (done.employees !== people) throw new Error(`${done.employees} of ${people} people`);
    },
  });
}

/** The expert's own columns and indexes: the segment stored, every statement answered from an index alone. */
async function layOutBaseline(db: Database): Promise<void> {
  await db.execute(
    `CREATE TABLE bench_metrics (user_id VARCHAR(64) NOT NULL, metric VARCHAR(40) NOT NULL, value DECIMAL(14,4) NOT NULL,
       n INT NOT NULL, PRIMARY KEY (user_id, metric)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
  );
  await db.execute(
    `ALTER TABLE deals
       ADD COLUMN bench_segment CHAR(6) AS (COALESCE(stated_segment, CASE WHEN amount_fen IS NULL THEN NULL
         WHEN amount_fen >= 1000000 THEN 'large' WHEN amount_fen >= 500000 THEN 'medium' ELSE 'small' END)) STORED,
       ADD KEY bench_closed (bench_segment, closed_q, user_id, status, opened_on, closed_on),
       ADD KEY bench_opened (bench_segment, opened_q, user_id, closed_q, opened_on),
       ADD KEY bench_won (bench_segment, status, user_id, closed_on)`,
  );
  await db.execute(
    'ALTER TABLE assessments ADD KEY bench_taken (dimension, user_id, taken_on, score_ten_thousandths)',
  );
  for (const table of ['deals', 'collaborations', 'feedback', 'renewals'])
    await db.select(`ANALYZE TABLE ${table}`);
}

function baseline(): string[] {
  const into = 'INSERT INTO bench_metrics (user_id, metric, value, n)';
  const winRate = (segment: string): string =>
    `${into} SELECT user_id, '${segment}_deal_win_rate', AVG(status = 'won'), COUNT(*) FROM deals
     WHERE bench_segment = '${segment}' AND closed_q IN (${WINDOW}) GROUP BY user_id`;
  return [
    winRate('small'),
    winRate('large'),
    `${into} SELECT user_id, 'small_deal_cycle_days', AVG(DATEDIFF(closed_on, opened_on)), COUNT(*) FROM deals
     WHERE bench_segment = 'small' AND closed_q IN (${WINDOW}) AND status = 'won' AND opened_on IS NOT NULL GROUP BY user_id`,
    `${into} SELECT user_id, 'large_followup_days', AVG(days), COUNT(*) FROM (
       SELECT user_id, DATEDIFF(closed_on, opened_on) AS days FROM deals
       WHERE bench_segment = 'large' AND closed_q IN (${WINDOW}) AND opened_on IS NOT NULL
       UNION ALL SELECT user_id, DATEDIFF('${LAST}', opened_on) FROM deals
       WHERE bench_segment = 'large' AND opened_q IN (${WINDOW}) AND (closed_q > ${quarterIndex(Q3)} OR closed_q = ${OPEN})
     ) followed GROUP BY user_id`,
    `${into} SELECT user_id, 'large_account_tenure_months', DATEDIFF('${LAST}', MIN(closed_on)) / 30.4375, 1 FROM deals
     WHERE bench_segment = 'large' AND status = 'won' AND closed_on <= '${LAST}' GROUP BY user_id`,
    `${into} SELECT user_id, 'collaborations_per_month', COUNT(*) / 12, COUNT(*) FROM collaborations
     WHERE requested_q IN (${WINDOW}) GROUP BY user_id`,
    `${into} SELECT user_id, 'collaboration_response_hours', AVG(response_sec) / 3600, COUNT(*) FROM collaborations
     WHERE requested_q IN (${WINDOW}) AND response_sec IS NOT NULL GROUP BY user_id`,
    `${into} SELECT user_id, 'collaboration_solved_rate', AVG(solved), COUNT(*) FROM collaborations
     WHERE resolved_q IN (${WINDOW}) GROUP BY user_id`,
    `${into} SELECT user_id, 'renewal_rate', AVG(renewed), COUNT(*) FROM renewals
     WHERE due_q IN (${WINDOW}) GROUP BY user_id`,
    `${into} SELECT user_id, 'satisfaction_avg', AVG(score_tenths) / 10, COUNT(*) FROM feedback
     WHERE given_q IN (${WINDOW}) AND score_tenths IS NOT NULL GROUP BY user_id`,
    `${into} SELECT user_id, 'assessment:insight', MAX(score_ten_thousandths) / 10000, COUNT(*) FROM assessments
     WHERE dimension = 'insight' AND taken_on BETWEEN '${FIRST}' AND '${LAST}' GROUP BY user_id`,
  ];
}
