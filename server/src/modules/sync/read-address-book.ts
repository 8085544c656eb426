import { shanghaiDay } from '@shigang/shared';
import {
  DingTalkError,
  Lanes,
  ROOT_DEPARTMENT_ID,
  type DingTalkMember,
  type DingTalkRun,
} from '../../dingtalk/index.ts';
import type { AddressBook, SeenDepartment, SeenDetail, SeenMember, UnreadDepartment } from './picture.ts';
import type { StoredOrg } from './stored-org.ts';

/** Calls of one kind under way at once: enough to use the allowed rate whatever an answer takes, and no more in line. */
const LANES = 20;
/** Widths of the columns; DingTalk allows longer texts here and there. */
const NAME = 64;
const TITLE = 128;
const DEPARTMENT_NAME = 128;

export interface ReadOptions {
  /** Reads the details of everybody; else of new and changed people only. */
  readonly full: boolean;
  /** Reads the details of these people in any case. */
  readonly ask: ReadonlySet<string>;
  readonly stored: StoredOrg;
}

/**
 * Reads departments, members, managers and roles. A department that cannot be read is listed as such; what lies below
 * it is then unknown too.
 * @throws DingTalkError when the root cannot be read, the token is refused or DingTalk blocks us: nothing can be said then
 */
export async function readAddressBook(run: DingTalkRun, options: ReadOptions): Promise<AddressBook> {
  const reading = new Reading(run, options);
  const [, roles] = await Promise.all([reading.root(), readRoles(run)]);
  return { ...reading.result(), ...roles };
}

class Reading {
  readonly #run: DingTalkRun;
  readonly #options: ReadOptions;
  readonly #departmentIdsByUser: ReadonlyMap<string, string>;
  readonly #trees = new Lanes(LANES);
  readonly #heads = new Lanes(LANES);
  readonly #lists = new Lanes(LANES);
  readonly #people = new Lanes(LANES);
  readonly #departments = new Map<number, SeenDepartment>();
  readonly #unread = new Map<number, UnreadDepartment>();
  readonly #members = new Map<string, SeenMember>();
  readonly #details = new Map<string, SeenDetail>();

  constructor(run: DingTalkRun, options: ReadOptions) {
    this.#run = run;
    this.#options = options;
    this.#departmentIdsByUser = new Map(
      [...options.stored.memberships].map(([userId, rows]) => [
        userId,
        departmentKey(rows.filter((row) => row.validTo === null).map((row) => row.deptId)),
      ]),
    );
  }

  result(): Omit<AddressBook, 'roles' | 'rolesError'> {
    return {
      departments: [...this.#departments.values()],
      unread: [...this.#unread.values()],
      members: this.#members,
      details: this.#details,
    };
  }

  async root(): Promise<void> {
    const { name } = await this.#run.contact.department(ROOT_DEPARTMENT_ID);
    // Without the departments below the root there is no picture at all.
    const children = await this.#run.contact.subDepartments(ROOT_DEPARTMENT_ID);
    await this.#department({ deptId: ROOT_DEPARTMENT_ID, name, parentId: null }, children);
  }

  /** Everything about one department at once; below it the walk goes on while its members are read. */
  async #department(
    department: Omit<SeenDepartment, 'managerUserIds'>,
    known?: readonly Omit<SeenDepartment, 'managerUserIds'>[],
  ): Promise<void> {
    const { deptId, name, parentId } = department;
    if (this.#departments.has(deptId)) return;
    this.#departments.set(deptId, {
      deptId,
      name: name.slice(0, DEPARTMENT_NAME),
      parentId,
      managerUserIds: null,
    });
    const guarded = (work: () => Promise<void>): Promise<void> => this.#orUnread(department, work);
    await Promise.all([
      guarded(async () => {
        const children = known ?? (await this.#trees.run(() => this.#run.contact.subDepartments(deptId)));
        await Promise.all(children.map((child) => this.#department(child)));
      }),
      guarded(async () => {
        const { managerUserIds } = await this.#heads.run(() => this.#run.contact.department(deptId));
        const seen = this.#departments.get(deptId);
        if (seen) this.#departments.set(deptId, { ...seen, managerUserIds });
      }),
      guarded(async () => {
        const members = await this.#lists.run(() => this.#run.contact.members(deptId));
        await Promise.all(members.map((member) => this.#member(member, deptId)));
      }),
    ]);
  }

  async #orUnread(department: { deptId: number; name: string }, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DingTalkError) || stopsEverything(error)) throw error;
      this.#unread.set(department.deptId, { ...department, reason: error.message });
    }
  }

  async #member(member: DingTalkMember, deptId: number): Promise<void> {
    if (this.#members.has(member.userId)) return;
    const seen = seenMember(member, deptId);
    this.#members.set(member.userId, seen);
    const { full, ask } = this.#options;
    if (!full && !ask.has(member.userId) && this.#isKnown(seen)) return;
    try {
      const detail = await this.#people.run(() => this.#run.contact.person(member.userId));
      this.#details.set(member.userId, {
        managerUserId: detail.managerUserId,
        mainDeptId: detail.mainDepartmentId,
      });
    } catch (error) {
      // Gone or hidden between the list and the question: the list counts, the manager stays as known.
      if (!(error instanceof DingTalkError) || error.kind !== 'giveUp') throw error;
    }
  }

  /** Whether the list says what is stored; then nobody is asked for the rest. */
  #isKnown(seen: SeenMember): boolean {
    const before = this.#options.stored.employees.get(seen.userId);
    return (
      before !== undefined &&
      before.active &&
      before.name === seen.name &&
      before.title === seen.title &&
      before.unionId === (seen.unionId ?? before.unionId) &&
      this.#departmentIdsByUser.get(seen.userId) === departmentKey(seen.departmentIds)
    );
  }
}

const departmentKey = (ids: readonly number[]): string => [...ids].sort((a, b) => a - b).join();

/** Going on would only collect the same refusal for every other department. */
const stopsEverything = (error: DingTalkError): boolean =>
  error.kind === 'token' ||
  error.trouble === 'ip_block' ||
  error.trouble === 'ip_list' ||
  error.trouble === 'credentials';

const seenMember = (member: DingTalkMember, deptId: number): SeenMember => ({
  userId: member.userId,
  unionId: member.unionId,
  name: member.name.slice(0, NAME),
  jobNumber: member.jobNumber?.slice(0, NAME) ?? null,
  title: member.title?.slice(0, TITLE) ?? null,
  departmentIds: member.departmentIds.length > 0 ? member.departmentIds : [deptId],
  hiredOn: member.hiredAt === null ? null : shanghaiDay(member.hiredAt),
});

async function readRoles(run: DingTalkRun): Promise<Pick<AddressBook, 'roles' | 'rolesError'>> {
  const lanes = new Lanes(LANES);
  try {
    const roles = await run.contact.roles();
    const members = await Promise.all(
      roles.map(({ roleId }) => lanes.run(() => run.contact.roleMembers(roleId))),
    );
    const byName = new Map<string, string[]>();
    // Roles of one name in different groups are one role here.
    roles.forEach(({ name }, index) => {
      const key = name.slice(0, NAME);
      byName.set(key, [...(byName.get(key) ?? []), ...(members[index] ?? [])]);
    });
    return { roles: byName, rolesError: null };
  } catch (error) {
    if (!(error instanceof DingTalkError) || stopsEverything(error)) throw error;
    return { roles: null, rolesError: error.message };
  }
}
