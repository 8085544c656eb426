import { period, type MetricId } from '@shigang/shared';
import { createTestDatabase, VirtualClock } from '@shigang/test';
import { AuditLog } from '../../audit/audit-log.ts';
import { nobody, operatorViewer, systemViewer } from '../../access/index.ts';
import type { Database } from '../../platform/database.ts';
import { defaultModelFile } from '../../../../test/src/vectors/default-model.ts';
import { readMatchVector } from '../../../../test/src/vectors/match-facts.ts';
import { clearFacts, storeFacts, storePeople } from '../../../../test/src/vectors/store-facts.ts';
import { evidenceIds, readProfileDoc } from '../profile/index.ts';
import { JobRuns } from '../../platform/job-runs/job-runs.ts';
import { createSettings } from '../settings/index.ts';
import { createMatch, gatherPlanFor, requireRoleModel, type Match } from './index.ts';

const SYSTEM = systemViewer('test');

const clock = new VirtualClock();
const operator = operatorViewer('tester');
const role = 'large_account' as const;
const open = (db: Database): Match => {
  const audit = new AuditLog(clock);
  return createMatch({
    ...{ db, clock, audit, jobRuns: new JobRuns(db, clock) },
    settings: createSettings({ db, clock, audit }),
  });
};

let db: Database;
let match: Match;
beforeAll(async () => {
  db = await createTestDatabase();
  match = open(db);
});

describe('role models', () => {
  test('without a version there is none to show', async () => {
    await expect(match.showRoleModel(SYSTEM, role)).rejects.toMatchObject({ code: 'model.not_found' });
  });

  test('apply, show, apply again; versions count up and the one in force is shown', async () => {
    const first = await match.applyRoleModel(operator, defaultModelFile('2025Q4'));
    expect(first).toEqual({ role, version: 1, status: 'created', validFrom: '2025Q4' });
    const later = await match.applyRoleModel(operator, defaultModelFile('2026Q4', [30, 40, 30]));
    expect(later).toMatchObject({ version: 2, status: 'created' });
    const shown = await match.showRoleModel(SYSTEM, role, period('2026Q3'));
    expect(shown).toMatchObject({
      validFrom: '2025Q4',
      dimensions: [{ weight: 40 }, { weight: 30 }, { weight: 30 }],
    });
    expect(await match.applyRoleModel(operator, JSON.parse(JSON.stringify(shown)))).toEqual({
      ...first,
      status: 'unchanged',
    });
    expect(await match.showRoleModel(SYSTEM, role)).toMatchObject({ validFrom: '2026Q4' });
    const again = await match.applyRoleModel(operator, {
      ...defaultModelFile('2026Q4', [30, 40, 30]),
      minCoverage: 80,
    });
    expect(again).toMatchObject({ version: 3, status: 'created' });
    const audit = await db.select<{ action: string }>('SELECT action FROM audit_log ORDER BY seq');
    expect(audit.map((row) => row.action)).toEqual(['model.created', 'model.created', 'model.created']);
  });

  test('only an HR admin applies one', async () => {
    await expect(match.applyRoleModel(nobody, defaultModelFile('2026Q3'))).rejects.toMatchObject({
      code: 'access.denied',
    });
  });
});

describe.each(['match-1', 'match-4', 'match-6'])('profiles of %s from the database', (name) => {
  const vector = readMatchVector(name);
  beforeAll(async () => {
    await clearFacts(db);
    await storePeople(db, vector);
    await storeFacts(db, vector);
    await match.applyRoleModel(operator, vector.model);
  });
  const stored = () =>
    db.select<{
      user_id: string;
      doc: string;
      score_hundredths: number;
      coverage_hundredths: number;
      tier: string;
    }>('SELECT user_id, doc, score_hundredths, coverage_hundredths, tier FROM profiles ORDER BY user_id');

  test('metrics, scores and tiers are those of the independent implementation', async () => {
    const result = await match.rebuildProfiles(SYSTEM, { period: period(vector.period), role });
    const rows = await stored();
    expect(rows).toHaveLength(vector.expected.length);
    let metrics = 0;
    for (const [index, expected] of vector.expected.entries()) {
      const row = rows[index];
      expect(row).toMatchObject({
        user_id: expected.userid,
        score_hundredths: Math.round(expected.score * 100),
        coverage_hundredths: Math.round(expected.coverage * 100),
        tier: expected.tier,
      });
      const values = readProfileDoc(row?.doc ?? '').metrics;
      metrics += values.size;
      for (const [metric, value] of Object.entries(expected.metrics)) {
        expect([metric, values.get(metric as MetricId)?.value]).toEqual([
          metric,
          Math.round(Number(value) * 10_000),
        ]);
      }
    }
    expect(result).toMatchObject({ period: vector.period, employees: rows.length, metrics });
  });

  test('rebuilding all, or one alone, writes the same bytes; averages need five people', async () => {
    const averages = () =>
      db.select('SELECT dept_id, metric, value_ten_thousandths, n FROM team_averages ORDER BY metric');
    const [before, teams] = [await stored(), await averages()];
    expect(teams.length).toBeGreaterThan(0);
    await match.rebuildProfiles(SYSTEM, { period: period(vector.period), role });
    expect(await stored()).toEqual(before);
    for (const { userid } of vector.expected) {
      await match.rebuildProfiles(SYSTEM, { period: period(vector.period), role, userIds: [userid] });
    }
    expect(await stored()).toEqual(before);
    expect(await averages()).toEqual(teams);
  });

  test('as many records lie behind every metric as its n says', async () => {
    await db.insertMany(
      'attendance_days',
      ['user_id', 'day', 'scheduled_ten_thousandths', 'worked_ten_thousandths', 'leave_ten_thousandths'],
      ['2026-09-01', '2026-09-02', '2026-09-03'].map((day) => ['u001', day, 10_000, 5_000, 4_000]),
    );
    await match.rebuildProfiles(SYSTEM, { period: period(vector.period), role, userIds: ['u001'] });
    const version = await requireRoleModel(db, role, period(vector.period));
    const settings = createSettings({ db, clock, audit: new AuditLog(clock) });
    const plan = await gatherPlanFor({ settings }, db, { period: period(vector.period), version });
    const rows = await stored();
    const evidence = await evidenceIds(
      db,
      plan,
      rows.map((row) => row.user_id),
    );
    for (const row of rows) {
      const found = evidence.get(row.user_id);
      for (const [metric, { n }] of readProfileDoc(row.doc).metrics) {
        expect([row.user_id, metric, found?.get(metric)?.ids.length ?? 0]).toEqual([row.user_id, metric, n]);
      }
    }
    // Worked half of what leave left, and on leave for more than a third of the scheduled days.
    const onLeave = rows.find((row) => row.user_id === 'u001');
    expect(onLeave?.tier).toBe('insufficient_data');
    expect(readProfileDoc(onLeave?.doc ?? '').metrics.get('attendance_rate')).toEqual({ value: 8_333, n: 3 });
  });

  test('who leaves the scope leaves the profiles, and below five people the average goes', async () => {
    const [gone, also] = vector.expected.map((row) => row.userid);
    await db.execute("UPDATE employment_periods SET left_on = '2026-09-29' WHERE user_id IN (?)", [
      [gone ?? '', also ?? ''],
    ]);
    await match.rebuildProfiles(SYSTEM, { period: period(vector.period), role, userIds: [gone ?? ''] });
    expect((await stored()).map((row) => row.user_id)).not.toContain(gone);
    await match.rebuildProfiles(SYSTEM, { period: period(vector.period), role });
    expect(await stored()).toHaveLength(vector.expected.length - 2);
    expect(await db.select('SELECT 1 FROM team_averages')).toEqual([]);
  });
});

describe('what changed', () => {
  test('marks rebuild the people concerned and are cleared; one renewed meanwhile stays', async () => {
    const vector = readMatchVector('match-2');
    await clearFacts(db);
    await storePeople(db, vector);
    await storeFacts(db, vector);
    await match.applyRoleModel(operator, vector.model);
    await match.rebuildProfiles(SYSTEM, { period: period('2026Q3'), role });
    const read = async () => {
      const rows = await db.select<{ user_id: string; doc: string }>(
        "SELECT user_id, doc FROM profiles WHERE period = '2026Q3'",
      );
      return new Map(rows.map((row) => [row.user_id, row.doc]));
    };
    const before = await read();
    await db.execute("UPDATE feedback SET score_tenths = 100 WHERE user_id = 'u001'");
    await db.execute("UPDATE feedback SET score_tenths = 100 WHERE user_id = 'u003'");
    const quarter = 2026 * 4 + 2;
    await db.insertMany(
      'dirty_marks',
      ['user_id', 'quarter', 'purpose', 'marked_at', 'mark'],
      [
        ['u001', quarter, 'profile', '2026-10-12 01:00:00.000', 'mark-1'],
        ['u003', quarter, 'statement', '2026-10-12 01:00:00.000', 'mark-1'],
      ],
    );
    expect(await match.rebuildChanged(SYSTEM)).toEqual({ marks: 1, people: 1 });
    const after = await read();
    expect(
      [...after].filter(([userId, doc]) => before.get(userId) !== doc).map(([userId]) => userId),
    ).toEqual(['u001']);
    expect(readProfileDoc(after.get('u001') ?? '').metrics.get('satisfaction_avg')?.value).toBe(100_000);
    expect(await db.select('SELECT purpose FROM dirty_marks')).toEqual([{ purpose: 'statement' }]);
    expect(await match.rebuildChanged(SYSTEM)).toEqual({ marks: 0, people: 0 });
  });

  test('another model in force rebuilds everybody', async () => {
    const vector = readMatchVector('match-2');
    await clearFacts(db);
    await storePeople(db, vector);
    await storeFacts(db, vector);
    await match.applyRoleModel(operator, vector.model);
    await match.rebuildProfiles(SYSTEM, { period: period('2026Q3'), role });
    await match.applyRoleModel(operator, defaultModelFile('2026Q3'));
    await match.rebuildChanged(SYSTEM);
    const rows = await db.select<{ model_version: number }>(
      "SELECT DISTINCT model_version FROM profiles WHERE period = '2026Q3'",
    );
    expect(rows).toEqual([{ model_version: 2 }]);
  });
});
