import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { operatorViewer, type App, type Database, type Viewer } from '@shigang/server';
import { demoOrg } from '@shigang/simulator';
import { monthlyQuota } from '../../../server/src/dingtalk/index.ts';
import type { CycleDeps } from '../../../server/src/modules/cycle/index.ts';
import type { EvidenceDeps } from '../../../server/src/modules/evidence/index.ts';
import { decidedSuggestions, type ReviewDeps } from '../../../server/src/modules/review/index.ts';
import type { RoleChangeDeps } from '../../../server/src/modules/role-change/index.ts';
import { storeOrg } from '../factories/stored-org.ts';
import { databaseOfRun } from '../harness/databases/database-of-run.ts';
import { testApp } from '../harness/test-app.ts';
import { createTestDatabase } from '../harness/databases/test-database.ts';
import { VirtualClock } from '../harness/virtual-clock.ts';

/** What the modules of the review are built from, in one bag. */
type HouseDeps = CycleDeps & RoleChangeDeps & ReviewDeps & EvidenceDeps;

/** The review over a database that the demo company's sync and import have filled; no DingTalk, no queue. */
export interface ReviewHouse {
  readonly deps: HouseDeps;
  readonly clock: VirtualClock;
  readonly match: App['modules']['match'];
  readonly cycle: App['modules']['cycle'];
  readonly roleChange: App['modules']['roleChange'];
  readonly review: App['modules']['review'];
  readonly evidence: App['modules']['evidence'];
  readonly operator: Viewer;
  viewer(userId: string): Promise<Viewer>;
}

const EXAMPLES = resolve(__dirname, '../../../examples/demo');
const json = (name: string): unknown => JSON.parse(readFileSync(resolve(EXAMPLES, name), 'utf8'));
const operator = operatorViewer('tester');

/** Business time 2026-10-12 09:30; the model in force from 2025Q4 on is applied. */
export async function openReviewHouse(): Promise<ReviewHouse> {
  const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
  const rowsOf = await databaseOfRun('the demo company before its review', fill);
  const db = await createTestDatabase({ rowsOf });
  const { modules, audit, outbox, jobRuns, viewerOfEmployee } = await testApp({ db, clock });
  const { match, cycle, roleChange, review, evidence } = modules;
  const deps: HouseDeps = { ...modules, db, clock, audit, outbox, jobRuns, decidedSuggestions, monthlyQuota };
  return { deps, clock, match, cycle, roleChange, review, evidence, operator, viewer: viewerOfEmployee };
}

async function fill(db: Database): Promise<void> {
  const { settings, intake, match } = (await testApp({ db })).modules;
  await storeOrg(db, demoOrg());
  await settings.applySettings(operator, json('settings.json'));
  await intake.importFile(operator, { kind: 'workbook', path: resolve(EXAMPLES, 'history.xlsx') });
  await match.applyRoleModel(operator, json('large-account-2025Q4.json'));
}
