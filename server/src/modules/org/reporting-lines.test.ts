import { openReviewHouse, type ReviewHouse } from '../../../../test/src/demo/review-house.ts';
import { managersOf } from './reporting-lines.ts';

jest.setTimeout(60_000);

let house: ReviewHouse;
beforeAll(async () => {
  house = await openReviewHouse();
}, 120_000);

test('upwards and downwards agree: whom a manager may see is who reports to that manager', async () => {
  const everybody = await house.deps.db.select<{ id: string; active: number }>(
    'SELECT user_id AS id, active FROM employees ORDER BY user_id',
  );
  const managers = await managersOf(
    house.deps.db,
    everybody.map(({ id }) => id),
  );
  const reports = new Map(managers.map(({ userId, reportIds }) => [userId, reportIds]));
  expect(reports.size).toBeGreaterThan(1);
  for (const { id, active } of everybody) {
    const seen = active === 1 ? (await house.viewer(id)).reportIds : [];
    expect([id, [...seen].sort()]).toEqual([id, reports.get(id) ?? []]);
  }
});
