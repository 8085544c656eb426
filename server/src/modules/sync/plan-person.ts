import { addDays, type DayString } from '@shigang/shared';
import type { DepartmentMembership } from '../org/department.entity.ts';
import { UNKNOWN_START, type Employee, type EmploymentPeriod } from '../org/employee.entity.ts';
import type { SeenDetail, SeenLeaver, SeenMember, SeenRoster } from './picture.ts';

/** An employee without the moment of the last write. */
export type EmployeeState = Omit<Employee, 'updatedAt'>;

/** What is stored about one person. */
export interface StoredPerson {
  readonly employee: EmployeeState | null;
  /** Oldest first. */
  readonly periods: readonly EmploymentPeriod[];
  /** Oldest first. */
  readonly memberships: readonly DepartmentMembership[];
}

/** The state one person should have; rows that are equal to the stored ones are sorted out afterwards. */
export interface PersonState {
  readonly employee: EmployeeState;
  readonly periods: readonly EmploymentPeriod[];
  readonly memberships: readonly DepartmentMembership[];
}

export interface PresentPerson {
  readonly member: SeenMember;
  readonly detail: SeenDetail | null;
  readonly roster: SeenRoster | null;
  /** The last employment that ended, where HR knows one. */
  readonly leaver: SeenLeaver | null;
}

/** Somebody in the address book: new, known, or back after having left. */
export function presentState(seen: PresentPerson, stored: StoredPerson, today: DayString): PersonState {
  const { member, roster } = seen;
  const before = stored.employee;
  const hiredOn = roster?.hiredOn ?? member.hiredOn ?? before?.hiredOn ?? null;
  const periods = employedPeriods({ hiredOn, leaver: seen.leaver, today }, stored.periods, member.userId);
  const current = periods.at(-1);
  const mainDeptId = mainDepartment(seen, before);
  const employee: EmployeeState = {
    userId: member.userId,
    unionId: member.unionId ?? before?.unionId ?? null,
    name: member.name,
    jobNumber: roster?.jobNumber ?? member.jobNumber,
    title: member.title,
    mainDeptId,
    managerUserId: seen.detail ? seen.detail.managerUserId : (before?.managerUserId ?? null),
    hiredOn: current && current.hiredOn !== UNKNOWN_START ? current.hiredOn : null,
    leftOn: null,
    leftKind: null,
    gender: roster ? roster.gender : (before?.gender ?? null),
    birthYear: roster ? roster.birthYear : (before?.birthYear ?? null),
    active: true,
  };
  const from =
    stored.memberships.length === 0 || !before?.active ? (current?.hiredOn ?? UNKNOWN_START) : today;
  const place = { userId: member.userId, departmentIds: member.departmentIds, mainDeptId, from, today };
  return { employee, periods, memberships: movedMemberships(place, stored.memberships) };
}

/** DingTalk's main department, else the first listed (docs/domain.md §1). */
function mainDepartment(
  { member, detail, roster }: PresentPerson,
  before: EmployeeState | null,
): number | null {
  const wishes = [roster?.mainDeptId, detail?.mainDeptId, before?.mainDeptId, member.departmentIds[0]];
  return (
    wishes.find(
      (deptId) => deptId !== null && deptId !== undefined && member.departmentIds.includes(deptId),
    ) ?? null
  );
}

interface Employed {
  readonly hiredOn: DayString | null;
  readonly leaver: SeenLeaver | null;
  readonly today: DayString;
}

/**
 * Employment periods of somebody employed today. A new hire date after a known last working day begins a new period;
 * otherwise it corrects the running one. Periods that ended are kept.
 */
function employedPeriods(
  seen: Employed,
  stored: readonly EmploymentPeriod[],
  userId: string,
): EmploymentPeriod[] {
  const last = stored.at(-1);
  const leftOn = seen.leaver?.leftOn ?? null;
  if (!last) {
    const past = leftOn !== null && seen.hiredOn !== null && leftOn < seen.hiredOn;
    const ended = past && seen.leaver ? [closedPeriod(openPeriod(userId, UNKNOWN_START), seen.leaver)] : [];
    return [...ended, openPeriod(userId, seen.hiredOn ?? UNKNOWN_START)];
  }
  const earlier = stored.slice(0, -1);
  // Back in service, the running employment is judged like any other: its hire date may be new as well.
  if (last.leftOn !== null) return employedPeriods(seen, [...earlier, ...backAgain(seen, last)], userId);
  if (seen.hiredOn === null || seen.hiredOn === last.hiredOn) return [...stored];
  if (seen.leaver && leftOn !== null && last.hiredOn <= leftOn && leftOn < seen.hiredOn) {
    return [...earlier, closedPeriod(last, seen.leaver), openPeriod(userId, seen.hiredOn)];
  }
  const before = earlier.at(-1)?.leftOn ?? null;
  return before !== null && seen.hiredOn <= before
    ? [...stored]
    : [...earlier, { ...last, hiredOn: seen.hiredOn }];
}

/** Stored as having left, but there today: hired again, or the leaving was a mistake that nobody confirms any more. */
function backAgain(seen: Employed, last: EmploymentPeriod): EmploymentPeriod[] {
  const leftOn = last.leftOn as DayString;
  if (seen.hiredOn !== null && seen.hiredOn > leftOn) return [last, openPeriod(last.userId, seen.hiredOn)];
  const isConfirmed =
    seen.leaver !== null && seen.leaver.leftOn !== null && seen.leaver.leftOn >= last.hiredOn;
  if (isConfirmed && seen.today > leftOn) return [last, openPeriod(last.userId, seen.today)];
  return [{ ...last, leftOn: null, leftKind: null, leftReason: null }];
}

const openPeriod = (userId: string, hiredOn: DayString): EmploymentPeriod => ({
  userId,
  hiredOn,
  leftOn: null,
  leftKind: null,
  leftReason: null,
});

const closedPeriod = (period: EmploymentPeriod, leaver: SeenLeaver): EmploymentPeriod => ({
  ...period,
  leftOn: leaver.leftOn,
  leftKind: leaver.leftKind,
  leftReason: leaver.reason,
});

interface Place {
  readonly userId: string;
  readonly departmentIds: readonly number[];
  readonly mainDeptId: number | null;
  /** First day of memberships that begin now. */
  readonly from: DayString;
  readonly today: DayString;
}

/** Closes what no longer holds on the day before it ended, opens what is new; unchanged memberships stay. */
function movedMemberships(place: Place, stored: readonly DepartmentMembership[]): DepartmentMembership[] {
  const wanted = new Map(place.departmentIds.map((deptId) => [deptId, deptId === place.mainDeptId]));
  const kept = stored.flatMap((membership) => {
    if (membership.validTo !== null) return [membership];
    if (wanted.get(membership.deptId) === membership.isMain) {
      wanted.delete(membership.deptId);
      return [membership];
    }
    const validTo = addDays(place.today, -1);
    // Of a membership that began today nothing is left but today, which belongs to what replaces it.
    return membership.validFrom > validTo ? [] : [{ ...membership, validTo }];
  });
  const opened = [...wanted].map(([deptId, isMain]) => {
    const taken = kept.some((other) => other.deptId === deptId && other.validFrom === place.from);
    return {
      userId: place.userId,
      deptId,
      validFrom: taken ? place.today : place.from,
      validTo: null,
      isMain,
    };
  });
  return [...kept, ...opened];
}

/** Somebody known who is no longer in the address book, or whose leaving HR has described differently since. */
export function leftState(
  leaver: SeenLeaver | null,
  stored: StoredPerson,
  today: DayString,
): PersonState | null {
  const { employee } = stored;
  if (!employee) return null;
  const last = stored.periods.at(-1) ?? openPeriod(employee.userId, employee.hiredOn ?? UNKNOWN_START);
  const isTold = leaver !== null && leaver.leftOn !== null && leaver.leftOn >= last.hiredOn;
  // A person who was already gone keeps what is known unless DingTalk tells a last working day.
  if (!employee.active && !isTold)
    return { employee, periods: stored.periods, memberships: stored.memberships };
  const leftOn = isTold ? leaver.leftOn : today;
  const leftKind = isTold ? leaver.leftKind : null;
  const period = { ...last, leftOn, leftKind, leftReason: isTold ? leaver.reason : null };
  return {
    employee: { ...employee, leftOn, leftKind, active: false },
    periods: [...stored.periods.slice(0, -1), period],
    memberships: stored.memberships.flatMap((membership) => endedAt(membership, employee.leftOn, leftOn)),
  };
}

/** Open memberships end with the employment; those that ended with it before follow a corrected day. */
function endedAt(
  membership: DepartmentMembership,
  endedBefore: DayString | null,
  leftOn: DayString,
): DepartmentMembership[] {
  const endsWithIt =
    membership.validTo === null || (endedBefore !== null && membership.validTo === endedBefore);
  if (!endsWithIt) return [membership];
  return membership.validFrom > leftOn ? [] : [{ ...membership, validTo: leftOn }];
}

/** Somebody who was gone before the first sync: kept with the employment that HR remembers. */
export function goneBeforeState(leaver: SeenLeaver, roster: SeenRoster | null): PersonState | null {
  if (leaver.leftOn === null) return null;
  const isHiredKnown = roster !== null && roster.hiredOn !== null && roster.hiredOn <= leaver.leftOn;
  const hiredOn = isHiredKnown ? roster.hiredOn : UNKNOWN_START;
  const departmentIds = [
    ...new Set([...(leaver.mainDeptId === null ? [] : [leaver.mainDeptId]), ...leaver.departmentIds]),
  ];
  const mainDeptId = leaver.mainDeptId ?? roster?.mainDeptId ?? departmentIds[0] ?? null;
  const { userId, leftOn, leftKind } = leaver;
  return {
    employee: {
      userId,
      unionId: null,
      name: leaver.name ?? roster?.name ?? userId,
      jobNumber: roster?.jobNumber ?? null,
      title: null,
      mainDeptId,
      managerUserId: null,
      hiredOn: isHiredKnown ? hiredOn : null,
      leftOn,
      leftKind,
      gender: roster?.gender ?? null,
      birthYear: roster?.birthYear ?? null,
      active: false,
    },
    periods: [closedPeriod(openPeriod(userId, hiredOn), leaver)],
    memberships: departmentIds.map((deptId) => ({
      userId,
      deptId,
      validFrom: hiredOn,
      validTo: leftOn,
      isMain: deptId === mainDeptId,
    })),
  };
}
