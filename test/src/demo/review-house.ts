import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { demoOrg } from '@shigang/simulator';
import { loadViewer, operatorViewer, type Viewer } from '../../../server/src/access/index.ts';
import { AuditLog } from '../../../server/src/audit/audit-log.ts';
import { monthlyQuota, type DingTalk } from '../../../server/src/dingtalk/index.ts';
import { createApproval } from '../../../server/src/modules/approval/index.ts';
import { createDevelopment } from '../../../server/src/modules/development/index.ts';
import { createFacts } from '../../../server/src/modules/facts/index.ts';
import { createIntake } from '../../../server/src/modules/intake/index.ts';
import { createMatch, type Match } from '../../../server/src/modules/match/index.ts';
import { createReview, type Review, type ReviewDeps } from '../../../server/src/modules/review/index.ts';
import { createSettings } from '../../../server/src/modules/settings/index.ts';
import { createLog } from '../../../server/src/platform/log.ts';
import { Outbox } from '../../../server/src/platform/outbox/outbox.ts';
import { createTestDatabase } from '../harness/test-database.ts';
import { VirtualClock } from '../harness/virtual-clock.ts';

/** The review over a database that the demo company's sync and import have filled; no DingTalk, no queue. */
export interface ReviewHouse {
  readonly deps: ReviewDeps;
  readonly clock: VirtualClock;
  readonly match: Match;
  readonly review: Review;
  readonly operator: Viewer;
  viewer(userId: string): Promise<Viewer>;
}

const EXAMPLES = resolve(__dirname, '../../../examples/demo');
const json = (name: string): unknown => JSON.parse(readFileSync(resolve(EXAMPLES, name), 'utf8'));

/** Business time 2026-10-12 09:30; the model in force from 2025Q4 on is applied. */
export async function openReviewHouse(): Promise<ReviewHouse> {
  const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
  const db = await createTestDatabase();
  const audit = new AuditLog(clock);
  const settings = createSettings({ db, clock, audit });
  const facts = createFacts({ db, clock });
  const outbox = new Outbox(db, clock);
  const config = { publicUrl: 'http://127.0.0.1:7001' };
  // Nothing is sent here: what leaves stays in the outbox.
  const outward = { db, clock, audit, outbox, settings, config, log: createLog('silent', 'test') };
  const approval = createApproval({ ...outward, dingtalk: noDingTalk });
  const development = createDevelopment({ ...outward, dingtalk: noDingTalk });
  const deps: ReviewDeps = { db, clock, audit, settings, facts, outbox, approval, development, monthlyQuota };
  const operator = operatorViewer('tester');
  await storeOrg(deps);
  await settings.applySettings(operator, json('settings.json'));
  const intake = createIntake({ db, clock, audit, settings, facts });
  await intake.importFile(operator, { kind: 'workbook', path: resolve(EXAMPLES, 'history.xlsx') });
  const match = createMatch({ db, clock, audit, settings });
  await match.applyRoleModel(operator, json('large-account-2025Q4.json'));
  return {
    deps,
    clock,
    match,
    review: createReview(deps),
    operator,
    viewer: async (userId) => loadViewer(db, userId, await settings.current()),
  };
}

/** Throws when it is touched. */
const noDingTalk = new Proxy({} as DingTalk, {
  get: (_, part) => {
    throw new Error(`DingTalk was touched: ${String(part)}`);
  },
});

/** People, departments and DingTalk roles as a sync would leave them. */
async function storeOrg({ db }: ReviewDeps): Promise<void> {
  const org = demoOrg();
  const now = '2026-10-12 01:30:00.000';
  await db.insertMany(
    'departments',
    ['dept_id', 'name', 'parent_id', 'manager_user_ids', 'updated_at'],
    org.departments.map(({ id, name, parent, managers }) => [
      id,
      name,
      parent,
      JSON.stringify(managers ?? []),
      now,
    ]),
  );
  await db.insertMany(
    'employees',
    [
      'user_id',
      'name',
      'job_number',
      'main_dept_id',
      'manager_user_id',
      'hired_on',
      'left_on',
      'active',
      'updated_at',
    ],
    org.employees.map((one) => [
      one.userid,
      one.name,
      one.jobNumber ?? null,
      one.departments[0] ?? null,
      one.manager ?? null,
      one.hiredOn ?? null,
      one.leftOn ?? null,
      one.leftOn ? 0 : 1,
      now,
    ]),
  );
  await db.insertMany(
    'employment_periods',
    ['user_id', 'hired_on', 'left_on'],
    org.employees.map(({ userid, hiredOn, leftOn }) => [userid, hiredOn ?? '1900-01-01', leftOn ?? null]),
  );
  const { hr = [], hrAdmin = [], auditor = [] } = org.adminRoles ?? {};
  const held = [
    ...hr.map((userId) => [userId, 'HR']),
    ...hrAdmin.map((userId) => [userId, 'HR管理员']),
    ...auditor.map((userId) => [userId, '审计']),
  ];
  await db.insertMany('dingtalk_roles', ['user_id', 'role_name'], held);
}
