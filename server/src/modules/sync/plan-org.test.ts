import fc from 'fast-check';
import { day, type DayString } from '@shigang/shared';
import { orgAfter } from '@shigang/test';
import type {
  AddressBook,
  HrBook,
  Picture,
  SeenDepartment,
  SeenLeaver,
  SeenMember,
  SeenRoster,
} from './picture.ts';
import { planOrg, type OrgPlan } from './plan-org.ts';
import { NOTHING_STORED, type StoredOrg } from './stored-org.ts';

/** Real servers on a machine that may be busy. */
jest.setTimeout(60_000);

const TODAY = day('2026-10-12');
const LATER = day('2026-11-02');

const member = (userId: string, over: Partial<SeenMember> = {}): SeenMember => ({
  userId,
  unionId: `union-${userId}`,
  name: userId,
  jobNumber: null,
  title: null,
  departmentIds: [11],
  hiredOn: day('2024-01-15'),
  ...over,
});
const leaver = (userId: string, over: Partial<SeenLeaver> = {}): SeenLeaver => ({
  userId,
  name: userId,
  leftOn: day('2026-10-09'),
  leftKind: 'voluntary',
  reason: '个人发展',
  departmentIds: [11],
  mainDeptId: 11,
  ...over,
});
const roster = (over: Partial<SeenRoster> = {}): SeenRoster => ({
  name: null,
  jobNumber: null,
  hiredOn: null,
  mainDeptId: null,
  gender: null,
  birthYear: null,
  ...over,
});

const department = (deptId: number): SeenDepartment => ({
  deptId,
  name: `部门${deptId}`,
  parentId: deptId === 1 ? null : 1,
  managerUserIds: [],
});
function book(members: readonly SeenMember[], over: Partial<AddressBook> = {}): AddressBook {
  return {
    departments: [department(1), department(11), department(12)],
    unread: [],
    members: new Map(members.map((each) => [each.userId, each])),
    details: new Map(),
    roles: new Map(),
    rolesError: null,
    ...over,
  };
}
const hr = (over: Partial<HrBook> = {}): HrBook => ({
  onJob: new Set(),
  roster: new Map(),
  leavers: new Map(),
  ...over,
});
const picture = (addressBook: AddressBook | null, hrBook: HrBook | null = hr(), isWhole = true): Picture => ({
  addressBook,
  hr: hrBook,
  isWhole,
});

const synced = (stored: StoredOrg, seen: Picture, today: DayString = TODAY): StoredOrg =>
  orgAfter(stored, planOrg(seen, stored, today));
const spans = (stored: StoredOrg, userId: string): (string | null)[][] =>
  (stored.periods.get(userId) ?? []).map((row) => [row.hiredOn, row.leftOn]);
const places = (stored: StoredOrg, userId: string): (string | number | boolean | null)[][] =>
  (stored.memberships.get(userId) ?? []).map((row) => [row.deptId, row.validFrom, row.validTo, row.isMain]);
const crowd = (count: number): SeenMember[] => Array.from({ length: count }, (_, i) => member(`p${i}`));
const isEmpty = (plan: OrgPlan): boolean =>
  [plan.departments, plan.periods, plan.memberships, plan.roles].every(
    (table) => table.write.length + table.remove.length === 0,
  ) && plan.employees.length === 0;

const full = book([...crowd(40), member('a')]);
const without = book(crowd(40));

test.each([
  [{ roster: 12, person: null, listed: [11, 12] }, 12],
  [{ roster: null, person: 12, listed: [11, 12] }, 12],
  [{ roster: null, person: null, listed: [12, 11] }, 12],
  [{ roster: 99, person: 98, listed: [11, 12] }, 11],
])('main department: that of the roster, of the person, else the first listed: %j', (told, expected) => {
  const details = new Map([['a', { managerUserId: null, mainDeptId: told.person }]]);
  const seen = book([member('a', { departmentIds: told.listed })], { details });
  const ofHr = hr({ roster: new Map([['a', roster({ mainDeptId: told.roster })]]) });
  expect(synced(NOTHING_STORED, picture(seen, ofHr)).employees.get('a')?.mainDeptId).toBe(expected);
});

test('without a hire date the employment is open at its start', () => {
  const stored = synced(NOTHING_STORED, picture(book([member('a', { hiredOn: null })])));
  expect(spans(stored, 'a')).toEqual([['1900-01-01', null]]);
  expect(stored.employees.get('a')?.hiredOn).toBeNull();
  const known = synced(stored, picture(book([member('a')])), LATER);
  expect(spans(known, 'a')).toEqual([['2024-01-15', null]]);
});

test('a corrected hire date replaces the start of the running employment', () => {
  const stored = synced(NOTHING_STORED, picture(book([member('a')])));
  const corrected = synced(stored, picture(book([member('a', { hiredOn: day('2024-02-01') })])), LATER);
  expect(spans(corrected, 'a')).toEqual([['2024-02-01', null]]);
});

test('leaving: the last working day of HR, memberships end with it', () => {
  const stored = synced(NOTHING_STORED, picture(full));
  const gone = synced(stored, picture(without, hr({ leavers: new Map([['a', leaver('a')]]) })));
  expect(gone.employees.get('a')).toMatchObject({
    active: false,
    leftOn: '2026-10-09',
    leftKind: 'voluntary',
    hiredOn: '2024-01-15',
  });
  expect(spans(gone, 'a')).toEqual([['2024-01-15', '2026-10-09']]);
  expect(places(gone, 'a')).toEqual([[11, '2024-01-15', '2026-10-09', true]]);
});

test('a last working day that HR corrects later moves with it', () => {
  const stored = synced(NOTHING_STORED, picture(full));
  const gone = synced(stored, picture(without));
  expect(spans(gone, 'a')).toEqual([['2024-01-15', '2026-10-12']]);
  const told = synced(
    gone,
    picture(without, hr({ leavers: new Map([['a', leaver('a', { leftOn: day('2026-10-10') })]]) })),
    LATER,
  );
  expect(told.employees.get('a')).toMatchObject({
    active: false,
    leftOn: '2026-10-10',
    leftKind: 'voluntary',
  });
  expect(places(told, 'a')).toEqual([[11, '2024-01-15', '2026-10-10', true]]);
});

test.each([
  [
    'one department could not be read',
    picture({ ...without, unread: [{ deptId: 12, name: '二部', reason: '' }] }),
    true,
  ],
  ['Smart HR could not be read', picture(without, null, false), true],
  ["HR's list still has the person", picture(without, hr({ onJob: new Set(['a']) })), true],
  ['nothing is missing from the picture', picture(without), false],
] as const)('missing while %s', (_name, seen, isKept) => {
  const stored = synced(NOTHING_STORED, picture(full));
  const plan = planOrg(seen, stored, LATER);
  expect(orgAfter(stored, plan).employees.get('a')?.active).toBe(isKept);
  expect(plan.deactivated).toEqual(isKept ? [] : ['a']);
});

test.each([
  [20, 1, false],
  [3, 1, false],
  [19, 2, true],
  [40, 2, false],
  [40, 3, true],
  [100, 5, false],
  [100, 6, true],
] as const)('of %i people %i missing: held back %s', (total, missing, isHeldBack) => {
  const stored = synced(NOTHING_STORED, picture(book(crowd(total))));
  const plan = planOrg(picture(book(crowd(total).slice(missing))), stored, LATER);
  expect(plan.heldBack).toHaveLength(isHeldBack ? missing : 0);
  expect(plan.deactivated).toHaveLength(isHeldBack ? 0 : missing);
});

test('hired again: a second employment beside the first, departments from its first day', () => {
  const stored = synced(NOTHING_STORED, picture(full));
  const gone = synced(stored, picture(without, hr({ leavers: new Map([['a', leaver('a')]]) })));
  const back = member('a', { hiredOn: day('2026-10-26'), departmentIds: [12] });
  const again = synced(gone, picture(book([...crowd(40), back])), LATER);
  expect(spans(again, 'a')).toEqual([
    ['2024-01-15', '2026-10-09'],
    ['2026-10-26', null],
  ]);
  expect(places(again, 'a')).toEqual([
    [11, '2024-01-15', '2026-10-09', true],
    [12, '2026-10-26', null, true],
  ]);
  expect(again.employees.get('a')).toMatchObject({
    active: true,
    hiredOn: '2026-10-26',
    leftOn: null,
    leftKind: null,
  });
});

test('left and hired again between two syncs: both employments', () => {
  const stored = synced(NOTHING_STORED, picture(full));
  const seen = hr({ leavers: new Map([['a', leaver('a', { leftOn: day('2026-10-15') })]]) });
  const back = book([...crowd(40), member('a', { hiredOn: day('2026-10-26') })]);
  expect(spans(synced(stored, picture(back, seen), LATER), 'a')).toEqual([
    ['2024-01-15', '2026-10-15'],
    ['2026-10-26', null],
  ]);
});

test('vanished by mistake and back without anybody confirming: never left', () => {
  const stored = synced(NOTHING_STORED, picture(full));
  const gone = synced(stored, picture(without));
  expect(gone.employees.get('a')?.active).toBe(false);
  const back = synced(gone, picture(full), LATER);
  expect(spans(back, 'a')).toEqual([['2024-01-15', null]]);
  expect(back.employees.get('a')).toMatchObject({ active: true, leftOn: null });
});

test('hired before the first sync after an earlier employment', () => {
  const seen = hr({ leavers: new Map([['a', leaver('a', { leftOn: day('2023-06-30') })]]) });
  expect(spans(synced(NOTHING_STORED, picture(book([member('a')]), seen)), 'a')).toEqual([
    ['1900-01-01', '2023-06-30'],
    ['2024-01-15', null],
  ]);
});

test('gone before the first sync: kept with what HR remembers', () => {
  const seen = hr({
    leavers: new Map([['z', leaver('z', { name: null })]]),
    roster: new Map([
      ['z', roster({ name: '赵四', hiredOn: day('2023-05-01'), gender: 'male', birthYear: 1990 })],
    ]),
  });
  const stored = synced(NOTHING_STORED, picture(book(crowd(3)), seen));
  expect(stored.employees.get('z')).toMatchObject({
    name: '赵四',
    active: false,
    hiredOn: '2023-05-01',
    leftOn: '2026-10-09',
    gender: 'male',
    birthYear: 1990,
    mainDeptId: 11,
  });
  expect(places(stored, 'z')).toEqual([[11, '2023-05-01', '2026-10-09', true]]);
});

test('several departments, a changed main one, a move and back on one day', () => {
  const stored = synced(NOTHING_STORED, picture(book([member('a', { departmentIds: [11, 12] })])));
  const main = synced(
    stored,
    picture(
      book([member('a', { departmentIds: [11, 12] })]),
      hr({ roster: new Map([['a', roster({ mainDeptId: 12 })]]) }),
    ),
    LATER,
  );
  expect(
    places(main, 'a')
      .map((row) => row.join())
      .sort(),
  ).toEqual([
    '11,2024-01-15,2026-11-01,true',
    '11,2026-11-02,,false',
    '12,2024-01-15,2026-11-01,false',
    '12,2026-11-02,,true',
  ]);
  const moved = synced(main, picture(book([member('a', { departmentIds: [1] })])), LATER);
  expect(places(moved, 'a').filter((row) => row[2] === null)).toEqual([[1, '2026-11-02', null, true]]);
  expect(places(moved, 'a').every((row) => row[2] === null || String(row[2]) >= String(row[1]))).toBe(true);
});

test('roles follow DingTalk, those of leavers go', () => {
  const roles = new Map([
    ['HR', ['a', 'p0']],
    ['审计', ['nobody']],
  ]);
  const stored = synced(NOTHING_STORED, picture({ ...full, roles }));
  expect(stored.roles).toEqual([
    { userId: 'a', roleName: 'HR' },
    { userId: 'p0', roleName: 'HR' },
  ]);
  expect(synced(stored, picture({ ...without, roles })).roles).toEqual([{ userId: 'p0', roleName: 'HR' }]);
  expect(synced(stored, picture({ ...full, roles: null })).roles).toHaveLength(2);
  expect(synced(stored, picture({ ...without, roles: null })).roles).toEqual([
    { userId: 'p0', roleName: 'HR' },
  ]);
});

test('Smart HR alone corrects dates and brings leavers, and touches nothing of the address book', () => {
  const stored = synced(NOTHING_STORED, picture(full));
  const seen = hr({
    roster: new Map([['a', roster({ hiredOn: day('2024-01-01'), gender: 'female' })]]),
    leavers: new Map([['z', leaver('z')]]),
  });
  const plan = planOrg(picture(null, seen), stored, LATER);
  expect(plan.deactivated).toEqual([]);
  expect(plan.departments.write).toEqual([]);
  const after = orgAfter(stored, plan);
  expect(after.employees.get('a')).toMatchObject({ hiredOn: '2024-01-01', gender: 'female', active: true });
  expect(after.employees.get('z')?.active).toBe(false);
  expect(plan.counts).toEqual({ org: { inserted: 0, updated: 0 }, roster: { inserted: 1, updated: 1 } });
});

/** Any company, seen twice with any changes between: histories stay sound and the second look changes nothing. */
const anyDay = fc.integer({ min: 1, max: 28 }).map((n) => day(`2026-09-${String(n).padStart(2, '0')}`));
const anyMember = fc.record({
  userId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  departmentIds: fc.uniqueArray(fc.constantFrom(1, 11, 12), { minLength: 1 }),
  hiredOn: fc.option(anyDay),
});
const anyLook = fc.record({
  members: fc.uniqueArray(anyMember, { selector: (each) => each.userId, maxLength: 5 }),
  leavers: fc.uniqueArray(
    fc.record({ userId: fc.constantFrom('a', 'b', 'c', 'x', 'y'), leftOn: fc.option(anyDay) }),
    { selector: (each) => each.userId, maxLength: 4 },
  ),
  isWhole: fc.boolean(),
});
/** Enough other people that those of the look are never more than five percent. */
const OTHERS = crowd(100);
const pictureOf = ({
  members,
  leavers,
  isWhole,
}: typeof anyLook extends fc.Arbitrary<infer Look> ? Look : never): Picture =>
  picture(
    book([...OTHERS, ...members.map((each) => member(each.userId, each))]),
    hr({ leavers: new Map(leavers.map((each) => [each.userId, leaver(each.userId, each)])) }),
    isWhole,
  );

test('any sequence of pictures: sound histories, and the same picture again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(anyLook, { minLength: 1, maxLength: 5 }), (looks) => {
      let stored = NOTHING_STORED;
      looks.forEach((look, index) => {
        const seen = pictureOf(look);
        const today = day(`2026-10-${String(10 + index).padStart(2, '0')}`);
        stored = synced(stored, seen, today);
        const again = planOrg(seen, stored, today);
        if (!isEmpty(again)) throw new Error(`not settled: ${JSON.stringify(again)}`);
        expectSound(stored);
      });
    }),
    { numRuns: 200, seed: 20261012 },
  );
});

function expectSound(stored: StoredOrg): void {
  for (const [userId, employee] of stored.employees) {
    if (OTHERS.some((other) => other.userId === userId)) continue;
    const periods = stored.periods.get(userId) ?? [];
    const last = periods.at(-1);
    expect(last?.leftOn === null).toBe(employee.active);
    expect(employee.leftOn).toBe(last?.leftOn ?? null);
    periods.forEach((period, index) => {
      if (period.leftOn !== null) expect(period.hiredOn <= period.leftOn).toBe(true);
      const next = periods[index + 1];
      if (next) expect(period.leftOn !== null && period.leftOn < next.hiredOn).toBe(true);
    });
    const memberships = stored.memberships.get(userId) ?? [];
    for (const row of memberships) if (row.validTo !== null) expect(row.validFrom <= row.validTo).toBe(true);
    const open = memberships.filter((row) => row.validTo === null);
    expect(open.length > 0).toBe(employee.active);
    expect(open.filter((row) => row.isMain)).toHaveLength(employee.active ? 1 : 0);
  }
}
