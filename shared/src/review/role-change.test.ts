import fc from 'fast-check';
import { replyAnswers } from '../messages/words.ts';
import { addDays, day } from '../period/day.ts';
import {
  changesRole,
  effectiveDay,
  gateMissing,
  stepRoleChange,
  type ApprovalOutcome,
  type RoleChange,
  type RoleChangeStep,
} from './role-change.ts';

const on = day('2026-10-12');
const offered: RoleChange = {
  state: 'open',
  returnedWhy: null,
  notBefore: null,
  replyDueOn: day('2026-10-19'),
  answer: null,
  answeredOn: null,
  groundOn: null,
  managerAgreedOn: null,
  effectiveOn: null,
};
const after = (...steps: RoleChangeStep[]): RoleChange => steps.reduce(stepRoleChange, offered);
const agree: RoleChangeStep = { kind: 'reply', answer: 'agree', on };
const approved: RoleChangeStep = { kind: 'approval', outcome: 'agreed', on };
const talk: RoleChangeStep = { kind: 'reply', answer: 'talk', on };
const ground: RoleChangeStep = { kind: 'ground', on };
const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('both agree', () => {
  test.each([
    ['person first', [agree, approved]],
    ['manager first', [approved, agree]],
  ])('%s: dated the first of the month after', (_, steps) => {
    expect(after(...steps)).toMatchObject({ state: 'agreed', effectiveOn: '2026-11-01' });
  });

  test.each([
    ['2026-10-12', '2026-10-31', null, '2026-11-01'],
    ['2026-10-12', '2026-11-01', null, '2026-12-01'],
    ['2026-12-30', '2026-10-12', null, '2027-01-01'],
    ['2026-10-12', '2026-10-13', '2026-12-15', '2026-12-15'],
    ['2026-10-12', '2026-10-13', '2026-10-20', '2026-11-01'],
  ])('%s and %s, not before %s: %s', (one, other, notBefore, expected) => {
    expect(effectiveDay(day(one), day(other), notBefore === null ? null : day(notBefore))).toBe(expected);
  });

  test('on its day it takes effect, not before', () => {
    const change = after(agree, approved);
    expect(stepRoleChange(change, { kind: 'day', on: day('2026-10-31') }).state).toBe('agreed');
    expect(stepRoleChange(change, { kind: 'day', on: day('2026-11-01') }).state).toBe('effective');
  });

  test('leaving or a newer decision before the day cancels it; afterwards neither changes anything', () => {
    const change = after(agree, approved);
    expect(stepRoleChange(change, { kind: 'cancel' })).toMatchObject({
      state: 'cancelled',
      effectiveOn: null,
    });
    expect(stepRoleChange(change, { kind: 'replace' })).toMatchObject({
      state: 'replaced',
      effectiveOn: null,
    });
    const effective = stepRoleChange(change, { kind: 'day', on: day('2026-11-01') });
    expect(stepRoleChange(effective, { kind: 'cancel' })).toEqual(effective);
    expect(stepRoleChange(effective, { kind: 'replace' })).toEqual(effective);
  });
});

describe('what brings it back to HR', () => {
  test.each([
    ['talk', talk, 'talk'],
    ['decline', { kind: 'reply', answer: 'decline', on }, 'decline'],
    ['silence', { kind: 'day', on: day('2026-10-20') }, 'overdue'],
    ['a refusal', { kind: 'approval', outcome: 'refused', on }, 'refused'],
    ['a withdrawal', { kind: 'approval', outcome: 'withdrawn', on }, 'withdrawn'],
    ['nobody to ask', { kind: 'approval', outcome: 'no_approver', on }, 'no_approver'],
  ] as const)('%s', (_, step, why) => {
    expect(after(step)).toMatchObject({ state: 'returned', returnedWhy: why, effectiveOn: null });
  });

  test('the last day of the reply period still counts', () => {
    expect(after({ kind: 'day', on: offered.replyDueOn }).state).toBe('open');
    expect(after({ ...agree, on: offered.replyDueOn }).answer).toBe('agree');
    expect(codeOf(() => after({ ...agree, on: addDays(offered.replyDueOn, 1) }))).toBe('reply.closed');
  });

  test('silence is no consent, and an answered offer is not overdue', () => {
    const silent = after(approved, { kind: 'day', on: day('2026-10-20') });
    expect(silent).toMatchObject({ state: 'returned', returnedWhy: 'overdue', managerAgreedOn: on });
    expect(after(agree, { kind: 'day', on: day('2026-10-20') }).state).toBe('open');
  });

  test('one answer alone, and none after it came back', () => {
    expect(codeOf(() => after(agree, talk))).toBe('reply.closed');
    expect(codeOf(() => after(talk, agree))).toBe('reply.closed');
    expect(codeOf(() => after({ kind: 'approval', outcome: 'refused', on }, agree))).toBe('reply.closed');
  });
});

describe('what HR does with it', () => {
  test('keep, once it has come back', () => {
    expect(after(talk, { kind: 'keep' }).state).toBe('kept');
    expect(codeOf(() => after({ kind: 'keep' }))).toBe('role_change.wrong_state');
    expect(after(talk, { kind: 'keep' }, { kind: 'keep' }).state).toBe('kept');
  });

  test('a written ground stands in for the person after another answer or silence, never for the manager', () => {
    expect(after(talk, ground)).toMatchObject({ state: 'open', groundOn: on });
    expect(after(talk, ground, approved)).toMatchObject({ state: 'agreed', effectiveOn: '2026-11-01' });
    expect(after(approved, talk, ground).state).toBe('agreed');
    expect(codeOf(() => after(ground))).toBe('role_change.no_ground');
    expect(codeOf(() => after({ kind: 'approval', outcome: 'refused', on }, ground))).toBe(
      'role_change.no_ground',
    );
    expect(codeOf(() => after(talk, { kind: 'approval', outcome: 'refused', on }, ground))).toBe(
      'role_change.no_ground',
    );
  });

  test('an agreement of the manager that comes after the other answer brings nothing about by itself', () => {
    expect(after(talk, approved)).toMatchObject({ state: 'returned', managerAgreedOn: on });
  });
});

test('the gate names what is missing', () => {
  const all = { hasExplanation: true, isNoticeDelivered: true, answer: 'agree' as const, hasGround: false };
  expect(gateMissing(all)).toEqual([]);
  expect(gateMissing({ ...all, answer: 'talk', hasGround: true })).toEqual([]);
  expect(gateMissing({ ...all, answer: 'talk' })).toEqual(['agreement']);
  expect(
    gateMissing({ hasExplanation: false, isNoticeDelivered: false, answer: null, hasGround: false }),
  ).toEqual(['explanation', 'notice', 'agreement']);
});

test.each([
  ['transition', 'large_account', 'small_account', true],
  ['transition', 'large_account', 'large_account', false],
  ['reassign', 'sales_support', 'small_account', true],
  ['reassign', 'small_account', 'small_account', false],
  ['train', null, 'small_account', false],
  ['insufficient_data', null, null, false],
])('%s to %s from %s changes the role: %s', (tier, targetRole, present, expected) => {
  expect(changesRole({ tier, targetRole }, present)).toBe(expected);
});

test('whatever happens in whatever order: no role without both agreements', () => {
  const days = fc.integer({ min: 0, max: 60 }).map((number) => addDays(on, number));
  const outcomes: ApprovalOutcome[] = ['agreed', 'refused', 'withdrawn', 'no_approver'];
  const step: fc.Arbitrary<RoleChangeStep> = fc.oneof(
    fc.record({ kind: fc.constant('reply' as const), answer: fc.constantFrom(...replyAnswers), on: days }),
    fc.record({ kind: fc.constant('approval' as const), outcome: fc.constantFrom(...outcomes), on: days }),
    fc.record({ kind: fc.constantFrom('ground' as const, 'day' as const), on: days }),
    fc.record({ kind: fc.constantFrom('keep' as const, 'replace' as const, 'cancel' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let change = offered;
      for (const next of steps) {
        const before = change;
        try {
          change = stepRoleChange(change, next);
        } catch {
          continue;
        }
        if (change.state === 'agreed' || change.state === 'effective') {
          expect(change.managerAgreedOn).not.toBeNull();
          expect(change.answer === 'agree' || change.groundOn !== null).toBe(true);
          expect(change.effectiveOn).not.toBeNull();
        }
        if (['kept', 'replaced', 'cancelled'].includes(before.state)) expect(change.state).toBe(before.state);
        if (change.answer !== before.answer) expect(before.answer).toBeNull();
      }
    }),
  );
});
