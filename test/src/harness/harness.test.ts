import { createTestDatabase, testRedis, testServers, urlOf, VirtualClock } from '@shigang/test';

test('a test database holds the migrated tables of this release', async () => {
  const db = await createTestDatabase();
  expect(await db.pendingMigrations()).toEqual([]);
  expect(urlOf(db)).toMatch(new RegExp(`/shigang_test_${testServers().runId}_\\d+_\\d+$`));
  await db.execute(
    'INSERT INTO business_clock (id, anchor_business_ms, anchor_real_ms, offset_ms) VALUES (1, 5, 6, 7)',
  );
  expect(await db.select('SELECT offset_ms FROM business_clock')).toEqual([{ offset_ms: 7 }]);
});

test('two test databases are two databases', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  expect(urlOf(one)).not.toBe(urlOf(two));
});

test('keys of two test Redis prefixes do not meet', async () => {
  const [one, two] = await Promise.all([testRedis(), testRedis()]);
  await one.client.set(`${one.prefix}:a`, '1');
  expect(await two.client.get(`${two.prefix}:a`)).toBeNull();
});

test('the virtual clock moves only when told', () => {
  const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
  expect(new Date(clock.now()).toISOString()).toBe('2026-10-12T01:30:00.000Z');
  clock.advance(60_000);
  expect(clock.now()).toBe(clock.real());
  clock.moveTo('2026-11-01T00:05:00+08:00');
  expect(new Date(clock.now()).toISOString()).toBe('2026-10-31T16:05:00.000Z');
});
