import { demoOrg } from '@shigang/simulator';
import { entities } from '../../../../server/src/modules.ts';
import { randomOf } from '../../demo/story/random.ts';
import { copyDatabase } from '../../harness/databases/database-copy.ts';
import { decideAll, houseOver, preparedDatabase, STARTS_AT } from '../../harness/decision-house.ts';
import { PROOF_TIMES, proofSeed, proofTimeout, tellProof } from '../../harness/proof.ts';
import { createTestDatabase } from '../../harness/databases/test-database.ts';
import { startTestDingTalk } from '../../harness/test-dingtalk.ts';
import { removeKeys, testRedis } from '../../harness/test-redis.ts';
import { STORY_TEAM } from '../decision-story.ts';
import { nameOfPoint, type Effect, type KillPoint } from './effects.ts';
import { tellRoute, type Disturbance, type End, type Lane } from './kill-lane.ts';
import { ROUTE, type RouteStep } from './route-steps.ts';

/*
 * Server and workers die with SIGKILL at their commits and their calls to DingTalk, on the way from the publication to the
 * day on which a role changes. The points are those that an undisturbed process was seen to pass. Each time the books of
 * DingTalk and our own rows end as if nothing had happened.
 *
 * Two points of each step are taken, and three random moments; `npm run proof kills` takes every point and twenty moments.
 */

const POINTS = 2 * PROOF_TIMES;
const random = randomOf(`kills ${proofSeed()}`);
const RANDOM_KILLS = PROOF_TIMES === 1 ? 3 : 20;
const SLOW = proofTimeout(900_000);
const TAKEN_UP_MS = 10_000;
const LANES = 2;
const MAX_TRIES = 3;

let lanes: Lane[];
/** How each step ends when nobody dies. */
const undisturbed = new Map<string, End>();

beforeAll(async () => {
  const db = await preparedDatabase(STORY_TEAM);
  const redis = await testRedis();
  const dingtalk = await startTestDingTalk({ db, redis, org: demoOrg(), now: STARTS_AT });
  await decideAll(await houseOver(db, redis, dingtalk), STORY_TEAM);
  const copy = await copyDatabase(db);
  lanes = [{ db, redis, copy }];
  while (lanes.length < LANES)
    lanes.push({ db: await createTestDatabase({ entities }), redis: await testRedis(), copy });
  await inLanes(ROUTE, async (lane, step) => {
    undisturbed.set(step.name, await tellRoute(lane, step));
  });
}, SLOW);

test('a process of its own brings about what one process for everything does', () => {
  const ends = ROUTE.map(endOf);
  expect(ends.flatMap(({ broken }) => broken)).toEqual([]);
  expect(ends.filter(({ wasKilled }) => wasKilled)).toEqual([]);
  for (const end of ends) expect(end.reached).toEqual(ends[0]?.reached);
  expect(ends[0]?.reached['transfers']).toHaveLength(1);
});

test.each(ROUTE)(
  '$name: killed at its commits and calls, the end is the same',
  async (step) => {
    const points = picked(endOf(step).effects.filter(isOwn).flatMap(bothMoments));
    expect(points.length).toBeGreaterThan(1);
    expect(await differing(points.map((point) => ({ step, name: nameOfPoint(point), point })))).toEqual([]);
  },
  SLOW,
);

test(
  'killed at random moments, the end is the same',
  async () => {
    const kills = Array.from({ length: RANDOM_KILLS }, () => {
      const step = random.pick(ROUTE);
      const afterMs = random.int(0, Math.floor(endOf(step).tookMs));
      return { step, name: `${step.name} after ${afterMs} ms`, afterMs };
    });
    expect(await differing(kills)).toEqual([]);
  },
  SLOW,
);

test.each([
  ['send', 'POST /topapi/message/corpconversation/asyncsend_v2'],
  ['approve', 'GET /v1.0/workflow/processInstances'],
])(
  'another worker takes up within ten seconds what one held in “%s”',
  async (name, label) => {
    const step = ROUTE.find((one) => one.name === name) as RouteStep;
    const end = await tellRoute(lanes[0] as Lane, step, {
      point: { label, nth: 1, moment: 'before' },
      hasHeir: true,
    });
    expect(end.wasKilled).toBe(true);
    expect(end.takenUpMs).toBeLessThan(TAKEN_UP_MS);
    expect(differences(end, endOf(step))).toEqual([]);
  },
  SLOW,
);

test.each(['send', 'follow the answers'])(
  'Redis is emptied at every effect of “%s”: the outbox carries on from MySQL',
  async (name) => {
    const step = ROUTE.find((one) => one.name === name) as RouteStep;
    const lane = lanes[0] as Lane;
    let emptied = 0;
    const end = await tellRoute(lane, step, {
      atEffect: async () => {
        emptied += 1;
        await removeKeys(lane.redis.client, lane.redis.prefix);
      },
    });
    expect(emptied).toBeGreaterThan(10);
    expect(differences(end, endOf(step))).toEqual([]);
  },
  SLOW,
);

function endOf(step: RouteStep): End {
  const end = undisturbed.get(step.name);
  if (!end) throw new Error(`“${step.name}” was not told`);
  return end;
}

/** Every look at the schedule tries to write its three marks; only the first look does. */
const isOwn = ({ label, nth }: Effect): boolean => label !== 'insert schedule_marks' || nth <= 3;

/** How often these are written is a matter of timing: the ledger in batches, events as they come. */
const TIMED = /call_ledger|inbox/;

const bothMoments = (effect: Effect): KillPoint[] =>
  (['before', 'after'] as const).map((moment) => ({ ...effect, moment }));

const picked = (points: readonly KillPoint[]): readonly KillPoint[] =>
  POINTS >= points.length ? points : random.sample(points, POINTS);

interface Kill extends Disturbance {
  readonly step: RouteStep;
  readonly name: string;
}

/** Tells the route once for each kill. @returns what ended otherwise than undisturbed */
async function differing(kills: readonly Kill[]): Promise<string[]> {
  const found: string[] = [];
  tellProof('kills', kills.length);
  await inLanes(kills, async (lane, { step, name, ...disturbance }) => {
    const isMissed = (end: End): boolean =>
      disturbance.point !== undefined && !end.wasKilled && !TIMED.test(disturbance.point.label);
    // How many commits the same work takes can differ from run to run; every run has to end as undisturbed.
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const end = await tellRoute(lane, step, disturbance);
      found.push(...differences(end, endOf(step)).map((difference) => `${name}: ${difference}`));
      if (!isMissed(end)) return;
    }
    found.push(`${name}: not reached`);
  });
  return found;
}

function differences(end: End, expected: End): string[] {
  // An event may be lost with the process that was to store it: what it told is found by the nightly look.
  const rows = ({ stored: { inbox: _events, ...stored }, reached }: End): Record<string, string[]> => ({
    ...stored,
    ...prefixed(reached),
  });
  const [present, wanted] = [rows(end), rows(expected)];
  const givenUp = end.stored['inbox']?.filter((event) => event.includes('dead')) ?? [];
  return [
    ...end.broken,
    ...givenUp,
    ...Object.keys(wanted).flatMap((table) => {
      const [is, should] = [present[table] ?? [], wanted[table] ?? []];
      return [
        ...minus(should, is).map((row) => `${table} lacks ${row}`),
        ...minus(is, should).map((row) => `${table} has ${row}`),
      ];
    }),
  ];
}

const prefixed = (reached: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(reached).map(([name, rows]) => [`DingTalk’s ${name}`, rows]));

function minus(rows: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return rows.filter((row) => {
    const at = left.indexOf(row);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

async function inLanes<Item>(
  items: readonly Item[],
  work: (lane: Lane, item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(lane, item);
    }),
  );
}
