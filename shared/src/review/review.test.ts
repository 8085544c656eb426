import fc from 'fast-check';
import { cycleStateNames, salesRoles, tiers, type CycleState } from '../messages/words.ts';
import { countTiers } from './counts.ts';
import { decideFor, isBulkConfirmable, recommend, targetRoleOf, type PersonRoles } from './decision.ts';
import { assertInReview, isPublic, nextCycleState, type CycleStep } from './state.ts';

const states = Object.keys(cycleStateNames) as CycleState[];
const steps: Record<CycleStep, readonly [CycleState, CycleState]> = {
  compute: ['draft', 'computing'],
  finish_compute: ['computing', 'review'],
  recompute: ['review', 'computing'],
  publish: ['review', 'published'],
  close: ['published', 'closed'],
};
const cases = states.flatMap((state) =>
  (Object.keys(steps) as CycleStep[]).map((step) => [state, step] as const),
);

test.each(cases)('%s, %s', (state, step) => {
  const [from, to] = steps[step];
  if (state === from || state === to) expect(nextCycleState(state, step)).toBe(to);
  else
    expect(() => nextCycleState(state, step)).toThrow(expect.objectContaining({ code: 'cycle.wrong_state' }));
});

test('people decide in review only, and see scores of published and closed cycles only', () => {
  expect(states.filter(isPublic)).toEqual(['published', 'closed']);
  for (const state of states) {
    if (state === 'review') expect(() => assertInReview(state)).not.toThrow();
    else expect(() => assertInReview(state)).toThrow(cycleStateNames[state]);
  }
});

const seller: PersonRoles = { presentRole: 'small_account', modelRole: 'large_account' };
const already: PersonRoles = { presentRole: 'large_account', modelRole: 'large_account' };

test.each([
  ['transition', seller, 'large_account'],
  ['transition', already, 'large_account'],
  ['reassign', seller, 'small_account'],
  ['reassign', { ...seller, presentRole: 'sales_support' }, 'sales_support'],
  ['reassign', already, 'small_account'],
  ['train', seller, null],
  ['insufficient_data', seller, null],
] as const)('%s of %j leads to %p', (tier, roles, role) => {
  expect(targetRoleOf(tier, roles)).toBe(role);
  expect(recommend(tier, roles)).toEqual({ tier, targetRole: role });
});

describe('decisions', () => {
  const decide = (suggested: (typeof tiers)[number], request: Parameters<typeof decideFor>[2]) =>
    decideFor(recommend(suggested, seller), seller, request);

  test('confirming needs no reason, except for reassign', () => {
    expect(decide('transition', { tier: 'transition' })).toEqual({
      kind: 'decided',
      tier: 'transition',
      targetRole: 'large_account',
      effectiveOn: null,
      reason: null,
    });
    expect(decide('train', { tier: 'train', reason: '  ' })).toMatchObject({ tier: 'train', reason: null });
    expect(() => decide('reassign', { tier: 'reassign' })).toThrow(
      expect.objectContaining({ code: 'decision.reason_required' }),
    );
    expect(decide('reassign', { tier: 'reassign', reason: ' 与本人谈过 ' })).toMatchObject({
      targetRole: 'small_account',
      reason: '与本人谈过',
    });
  });

  test('overriding needs a reason, also when only the role differs', () => {
    expect(() => decide('train', { tier: 'transition' })).toThrow('直接转型');
    expect(decide('train', { tier: 'transition', reason: '客户要求' })).toMatchObject({
      targetRole: 'large_account',
    });
    expect(() => decide('transition', { tier: 'transition', targetRole: 'sales_support' })).toThrow(
      expect.objectContaining({ code: 'decision.reason_required' }),
    );
    expect(
      decide('reassign', { tier: 'reassign', targetRole: 'sales_support', reason: '本人愿意' }).targetRole,
    ).toBe('sales_support');
  });

  test('later puts off with a reason and nothing else', () => {
    expect(decide('train', { tier: 'later', reason: '休假' })).toEqual({
      kind: 'later',
      tier: null,
      targetRole: null,
      effectiveOn: null,
      reason: '休假',
    });
    expect(() => decide('train', { tier: 'later' })).toThrow('暂不决定');
    expect(() => decide('train', { tier: 'later', reason: '休假', targetRole: 'large_account' })).toThrow(
      expect.objectContaining({ code: 'decision.no_target' }),
    );
  });

  test.each([{ targetRole: 'large_account' as const }, { effectiveOn: '2026-11-01' }])(
    'train leads to no role and no day: %j',
    (extra) => {
      expect(() => decide('train', { tier: 'train', reason: '试试', ...extra })).toThrow(
        expect.objectContaining({ code: 'decision.no_target' }),
      );
    },
  );

  test('a day is kept, a day that does not exist is refused, as is an unknown role', () => {
    expect(decide('transition', { tier: 'transition', effectiveOn: '2026-11-01' }).effectiveOn).toBe(
      '2026-11-01',
    );
    expect(() => decide('transition', { tier: 'transition', effectiveOn: '2026-02-30' })).toThrow(
      expect.objectContaining({ code: 'day.invalid' }),
    );
    expect(() => decide('transition', { tier: 'transition', targetRole: 'boss' as never })).toThrow(
      expect.objectContaining({ code: 'decision.role_unknown' }),
    );
  });

  test('a reason has an end', () => {
    expect(() => decide('train', { tier: 'later', reason: '长'.repeat(2_001) })).toThrow(
      expect.objectContaining({ code: 'decision.reason_too_long' }),
    );
  });

  test('every accepted decision that differs from the suggestion carries a reason', () => {
    const request = fc.record({
      tier: fc.constantFrom(...tiers, 'later' as const),
      targetRole: fc.option(fc.constantFrom(...salesRoles)),
      reason: fc.option(fc.constantFrom('', ' ', '谈过')),
    });
    fc.assert(
      fc.property(fc.constantFrom(...tiers), request, (suggested, asked) => {
        let made;
        try {
          made = decide(suggested, asked);
        } catch {
          return;
        }
        const same = made.tier === suggested && made.targetRole === targetRoleOf(suggested, seller);
        if (!same || made.tier === 'reassign') expect(made.reason).not.toBeNull();
        if (made.tier !== 'transition' && made.tier !== 'reassign') expect(made.targetRole).toBeNull();
      }),
    );
  });

  test('only reassign is never confirmed in bulk', () => {
    expect(tiers.filter((tier) => !isBulkConfirmable(tier))).toEqual(['reassign']);
  });
});

test('counts: the decision, else the suggestion; who has left stands apart; who is not computed counts nowhere', () => {
  const counts = countTiers([
    { suggested: 'transition', decided: null, hasLeft: false },
    { suggested: 'transition', decided: 'train', hasLeft: false },
    { suggested: 'reassign', decided: 'later', hasLeft: false },
    { suggested: 'reassign', decided: 'reassign', hasLeft: true },
    { suggested: 'insufficient_data', decided: null, hasLeft: false },
    { suggested: null, decided: null, hasLeft: false },
  ]);
  expect(counts).toEqual({ transition: 1, train: 1, reassign: 0, insufficient_data: 1, later: 1, left: 1 });
});
