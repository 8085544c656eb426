import { systemViewer } from '@shigang/server';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { demoOrg, type OrgFile } from '@shigang/simulator';
import { period } from '@shigang/shared';
import { operatorViewer, type App, type Database } from '@shigang/server';
import { storeOrg } from '../factories/stored-org.ts';
import { testApp } from '../harness/test-app.ts';
import { createTestDatabase } from '../harness/databases/test-database.ts';
import { EXPECTED_CRM } from './crm-expected.ts';
import { EXPECTED_PEOPLE, EXPECTED_PERIOD, EXPECTED_PREVIOUS, EXPECTED_STATEMENT } from './expected.ts';
import { KINDS } from './story/rows.ts';
import { demoRows } from './story/index.ts';

const SYSTEM = systemViewer('test');

/* The examples through the product's own modules: what they import to, score and pay, against the oracle's figures. */

const EXAMPLES = resolve(__dirname, '../../../examples');
const example = (name: string): string => join(EXAMPLES, name);
const json = (name: string): unknown => JSON.parse(readFileSync(example(name), 'utf8'));
const operator = operatorViewer('tester');

type House = App['modules'] & { readonly db: Database };

/** Modules over a database that knows the people of an organisation file, as a sync would leave it. */
async function houseOf(org: OrgFile): Promise<House> {
  const db = await createTestDatabase();
  await storeOrg(db, org);
  return { db, ...(await testApp({ db })).modules };
}

/** Score, coverage (two decimals) and tier by userid, as the last rebuild left them. */
async function scoresOf({ db, match }: House, of: string): Promise<Map<string, readonly string[]>> {
  await match.rebuildProfiles(SYSTEM, { period: period(of), role: 'large_account' });
  const rows = await db.select<
    Record<'user_id' | 'tier', string> & Record<'score' | 'coverage', number | null>
  >(
    `SELECT user_id, tier, score_hundredths AS score, coverage_hundredths AS coverage
     FROM profiles WHERE period = ? AND role = 'large_account'`,
    [of],
  );
  const text = (hundredths: number | null): string =>
    hundredths === null ? '' : `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
  return new Map(rows.map((row) => [row.user_id, [text(row.score), text(row.coverage), row.tier]]));
}

describe('the demo company', () => {
  let house: House;
  beforeAll(async () => {
    house = await houseOf(demoOrg());
    await house.settings.applySettings(operator, json('demo/settings.json'));
  });

  test('the workbook goes in whole, without a warning, and once', async () => {
    const request = { kind: 'workbook', path: example('demo/history.xlsx') } as const;
    const made = demoRows();
    const rows = KINDS.reduce((sum, kind) => sum + made[kind].length, 0);
    const first = await house.intake.importFile(operator, request);
    expect(first).toMatchObject({
      rows,
      inserted: rows,
      updated: 0,
      unchanged: 0,
      rejected: [],
      warnings: [],
    });
    const second = await house.intake.importFile(operator, request);
    expect(second).toMatchObject({
      rows,
      inserted: 0,
      updated: 0,
      unchanged: rows,
      rejected: [],
      warnings: [],
    });
  }, 120_000);

  test('scores and tiers of both quarters are the oracle’s', async () => {
    await house.match.applyRoleModel(operator, json('demo/large-account-2025Q4.json'));
    const now = await scoresOf(house, EXPECTED_PERIOD);
    const expected = EXPECTED_PEOPLE.map(
      ({ userid, score, coverage, tier }) => [userid, [score, coverage, tier]] as const,
    );
    expect(Object.fromEntries(now)).toEqual(Object.fromEntries(expected));
    const before = await scoresOf(house, EXPECTED_PREVIOUS.period);
    const scores = [...before].map(([userid, [score, coverage]]) => [userid, [score, coverage]] as const);
    expect(Object.fromEntries(scores)).toEqual(EXPECTED_PREVIOUS.scores);
  }, 60_000);

  test('Zhang San earns what the worked example says', async () => {
    for (const plan of ['sales-v1', 'sales-v2', 'large']) {
      await house.incentive.applyPlan(operator, json(`demo/${plan}.json`), { publish: true });
    }
    await house.incentive.computeStatements(SYSTEM, period(EXPECTED_PERIOD));
    const { userid, totalFen, oldPlanTotalFen, components } = EXPECTED_STATEMENT;
    const got = await house.incentive.explain(operator, { userId: userid, period: period(EXPECTED_PERIOD) });
    expect(got).toMatchObject({ totalFen, oldPlanTotalFen, plan: EXPECTED_STATEMENT.plan });
    const lines = components.map(({ id, kind }) => {
      const own = got.lines.filter((line) => line.component === id);
      return { id, kind, lines: own.length, fen: own.reduce((sum, line) => sum + line.amountFen, 0) };
    });
    expect(lines).toEqual(components);
  }, 60_000);
});

describe('the CRM example', () => {
  test('goes in with the warnings that its README announces, and gives its tiers', async () => {
    const house = await houseOf(json('crm/org.json') as OrgFile);
    await house.settings.applySettings(operator, json('crm/settings.json'));
    const roles = await house.intake.importFile(operator, { kind: 'roles', path: example('crm/roles.csv') });
    expect(roles).toMatchObject({ rows: 35, inserted: 35, rejected: [], warnings: [] });
    const deals = await house.intake.importFile(operator, {
      kind: 'deals',
      path: example('crm/sales_pipeline.sample.csv'),
      mapping: json('crm/mapping.json'),
    });
    expect(deals).toMatchObject({ rows: EXPECTED_CRM.rows, inserted: EXPECTED_CRM.rows, rejected: [] });
    expect(deals.warnings.map(({ code }) => code)).toEqual(
      EXPECTED_CRM.segmentMismatch.map(() => 'segment_mismatch'),
    );
    await house.match.applyRoleModel(operator, json('crm/role-model-2016Q4.json'));
    const expected = EXPECTED_CRM.people.map(
      ({ userid, score, coverage, tier }) => [userid, [score, coverage, tier]] as const,
    );
    expect(Object.fromEntries(await scoresOf(house, EXPECTED_CRM.period))).toEqual(
      Object.fromEntries(expected),
    );
  }, 60_000);
});
