import type { DecisionHouse } from '../harness/decision-house.ts';
import { booksOf, reached, storedState } from '../harness/decision-state.ts';
import type { FaultKind } from '../harness/test-dingtalk.ts';
import { decidedCompany, ROUTE_CALLS, type DecidedCompany } from './decided-company.ts';
import { brokenInvariants } from './decision-invariants.ts';
import { tellStory } from './decision-story.ts';

/*
 * DingTalk misbehaves on every call of the route, for a while, and it leaves no trace: everybody got what an undisturbed
 * story gives, once. Trouble that lasts: lasting-trouble.test.ts.
 */

const SLOW = 300_000;

let company: DecidedCompany;

beforeAll(async () => {
  company = await decidedCompany();
}, SLOW);

interface End {
  readonly stored: Record<string, string[]>;
  readonly reached: Record<string, string[]>;
  readonly broken: readonly string[];
}

interface Trouble {
  readonly match: string;
  readonly kind: FaultKind;
  readonly times?: number;
}

/** The story in a fresh house, with these troubles. */
const story = (troubles: readonly Trouble[]): Promise<End> =>
  company.tell(async (house: DecisionHouse) => {
    const { dingtalk, db } = house;
    for (const { match, kind, times } of troubles) await dingtalk.fault(match, kind, times);
    await tellStory(house);
    return {
      stored: await storedState(db),
      reached: reached(await booksOf(dingtalk)),
      broken: await brokenInvariants(house),
    };
  });

let undisturbed: End;

describe('trouble that passes', () => {
  beforeAll(async () => {
    undisturbed = await story([]);
    expect(undisturbed.broken).toEqual([]);
    expect(undisturbed.reached['transfers']).toHaveLength(1);
  }, SLOW);

  /** Each call fails that way as often as `times` says, then works. */
  const PASSING: readonly { kind: FaultKind; times: number }[] = [
    { kind: 'qps', times: 2 },
    { kind: 'busy', times: 1 },
    { kind: 'http500', times: 1 },
    { kind: 'html', times: 1 },
    { kind: 'truncate', times: 1 },
    { kind: 'hang', times: 1 },
    { kind: 'token', times: 1 },
  ];

  test.each(PASSING)(
    '$kind on every call of the route: nothing is lost, nothing comes twice',
    async ({ kind, times }) => {
      const end = await story(Object.values(ROUTE_CALLS).map((match) => ({ match, kind, times })));
      expect(end.broken).toEqual([]);
      expect(end.reached).toEqual(undisturbed.reached);
      expect(end.stored).toEqual(undisturbed.stored);
    },
    SLOW,
  );
});
