import { buildApp, openRedis, readConfig, type Need } from '@shigang/server';
import { cycleCard, type CycleCardPayload } from '../../../server/src/modules/notice/index.ts';
import { EXPECTED_PEOPLE } from '../demo/expected.ts';
import { openHouse } from '../harness/processes/house.ts';
import { PROOF_TIMES, tellProof } from '../harness/proof.ts';
import { afterSuite } from '../harness/servers.ts';
import { control, type Books } from '../harness/processes/simulator-control.ts';
import { removeKeys } from '../harness/test-redis.ts';
import { until } from '../harness/until.ts';

/* Redis loses everything of ours again and again while cards are due: MySQL remembers, and each card leaves once. */

const SLOW = 300_000;
const ROUNDS = Array.from({ length: PROOF_TIMES }, (_, at) => at + 1);
const NEEDS: readonly Need[] = ['database'];

test.each(ROUNDS)(
  'every due card is sent exactly once although Redis was emptied on the way, round %i',
  async () => {
    tellProof('emptied Redis', 1);
    const house = await openHouse();
    await house.run('sync');
    const recipients = EXPECTED_PEOPLE.map((person) => person.userid);
    const app = await buildApp(readConfig(house.env, NEEDS), NEEDS, { name: 'test' });
    const redis = await openRedis(house.env['REDIS_URL'] ?? '');
    afterSuite(async () => {
      await redis.quit();
      await app.close();
    });
    const cards = recipients.map((userId) => ({ ...CARD, userId }));
    await house.db.transaction((tx) => app.modules.notice.tell(tx, cycleCard, cards));
    const unsent = async (): Promise<number> => {
      const [row] = await house.db.select<{ n: number }>(
        "SELECT COUNT(*) AS n FROM outbox WHERE kind = 'notice.cycle_published' AND state <> 'sent'",
      );
      return Number(row?.n);
    };
    const prefix = house.env['SHIGANG_REDIS_PREFIX'] ?? '';
    const hasKeys = async (): Promise<boolean> =>
      (await redis.scan('0', 'MATCH', `${prefix}*`, 'COUNT', 100_000))[1].length > 0;
    house.startWorker();
    let emptied = 0;
    await until('all cards', async () => {
      const before = await unsent();
      if (before > 0 && (await hasKeys())) emptied += 1;
      await removeKeys(redis, prefix);
      return before === 0 ? true : undefined;
    });
    expect(emptied).toBeGreaterThan(0);
    const { notices } = await control<Books>(house, '/books');
    const arrived = notices.filter((notice) => notice.delivery === 'delivered');
    expect(arrived.map((notice) => notice.recipients).sort()).toEqual(recipients.map((one) => [one]).sort());
  },
  SLOW,
);

const CARD: Omit<CycleCardPayload, 'userId'> = {
  cycleId: '2026Q3-large_account',
  period: '2026Q3',
  role: 'large_account',
  publishedOn: '2026-10-12',
  counts: { transition: 5, train: 8, reassign: 7, insufficient_data: 0, later: 0, left: 0 },
};
