import type { DayString } from '@shigang/shared';

/** One department as read; `managerUserIds` null when its details could not be read. */
export interface SeenDepartment {
  readonly deptId: number;
  readonly name: string;
  readonly parentId: number | null;
  readonly managerUserIds: readonly string[] | null;
}

/** One person of the address book. */
export interface SeenMember {
  readonly userId: string;
  readonly unionId: string | null;
  readonly name: string;
  readonly jobNumber: string | null;
  readonly title: string | null;
  readonly departmentIds: readonly number[];
  readonly hiredOn: DayString | null;
}

/** What only the answer about one person tells; read for new and changed people. */
export interface SeenDetail {
  readonly managerUserId: string | null;
  readonly mainDeptId: number | null;
}

/** Roster values of one person; absent values are null. */
export interface SeenRoster {
  readonly name: string | null;
  readonly jobNumber: string | null;
  readonly hiredOn: DayString | null;
  readonly mainDeptId: number | null;
  readonly gender: 'male' | 'female' | null;
  readonly birthYear: number | null;
}

/** An employment that ended, from Smart HR or else from the address book's leave records. */
export interface SeenLeaver {
  readonly userId: string;
  readonly name: string | null;
  /** Last working day; null when DingTalk does not tell. */
  readonly leftOn: DayString | null;
  readonly leftKind: 'voluntary' | 'involuntary' | null;
  readonly reason: string | null;
  readonly departmentIds: readonly number[];
  readonly mainDeptId: number | null;
}

export interface UnreadDepartment {
  readonly deptId: number;
  readonly name: string;
  readonly reason: string;
}

/** The address book as far as it could be read. */
export interface AddressBook {
  readonly departments: readonly SeenDepartment[];
  readonly unread: readonly UnreadDepartment[];
  readonly members: ReadonlyMap<string, SeenMember>;
  readonly details: ReadonlyMap<string, SeenDetail>;
  /** Role name → userids; null when the roles could not be read. */
  readonly roles: ReadonlyMap<string, readonly string[]> | null;
  readonly rolesError: string | null;
}

/** Smart HR as far as it was read. */
export interface HrBook {
  readonly onJob: ReadonlySet<string>;
  readonly roster: ReadonlyMap<string, SeenRoster>;
  readonly leavers: ReadonlyMap<string, SeenLeaver>;
}

/** Everything that one run read; null: that scope was not asked for or could not be read. */
export interface Picture {
  readonly addressBook: AddressBook | null;
  readonly hr: HrBook | null;
  /** False when a scope that was asked for is missing: nobody is deactivated then. */
  readonly isWhole: boolean;
}
