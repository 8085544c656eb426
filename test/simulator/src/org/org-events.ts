import type { SimulatorClock } from '../clock/clock.ts';
import type { EventSink } from '../events/event.ts';
import type { Directory, Person } from './directory.ts';

/** What an HR movement is called in `hrm_mdm_user_change`. */
const HIRED = 1;
const TRANSFERRED = 3;
const LEFT = 4;

/** Fields of a person that the change event compares; an absent one was not set. */
const compared = (person: Person): Record<string, string | undefined> => ({
  name: person.name,
  jobNumber: person.jobNumber ?? undefined,
  hiredDate: person.hiredOn ?? undefined,
  managerUserid: person.manager ?? undefined,
});

/** Tells the app what happens to people, departments and roles. */
export class OrgEvents {
  readonly #directory: Directory;
  readonly #clock: SimulatorClock;
  readonly #events: EventSink;
  /** Who was in the address book when it was looked at last. */
  #known: Set<string>;
  #leaders: Set<string>;

  constructor(directory: Directory, { clock, events }: { clock: SimulatorClock; events: EventSink }) {
    this.#directory = directory;
    this.#clock = clock;
    this.#events = events;
    this.#known = present(directory);
    this.#leaders = directory.leaders();
  }

  #people(type: string, userId: string[], more: Record<string, unknown> = {}): void {
    this.#events.emit(type, { timeStamp: String(this.#clock.now()), ...more, userId });
  }

  /** Days turn and clocks are moved: whoever came or went since the last look is told of, one by one. */
  settlePresence(): void {
    const now = present(this.#directory);
    const came = [...now].filter((userid) => !this.#known.has(userid));
    const went = [...this.#known].filter((userid) => !now.has(userid));
    this.#known = now;
    for (const userid of came) {
      this.#people('user_add_org', [userid]);
      this.#events.emit('hrm_mdm_user_change', { changeType: HIRED, staffId: userid });
    }
    for (const userid of went) {
      this.#people('user_leave_org', [userid]);
      this.#events.emit('hrm_mdm_user_change', { changeType: LEFT, staffId: userid });
    }
  }

  /** Heads of departments have a role of their own. */
  settleLeaders(): void {
    const now = this.#directory.leaders();
    const role = this.#directory.useLeaders(now);
    const tell = (action: string, userIdList: string[]): void => {
      if (userIdList.length > 0)
        this.#events.emit('label_user_change', { userIdList, action, labelIdList: [role] });
    };
    tell(
      'add',
      [...now].filter((userid) => !this.#leaders.has(userid)),
    );
    tell(
      'remove',
      [...this.#leaders].filter((userid) => !now.has(userid)),
    );
    this.#leaders = now;
  }

  changed(before: Person, after: Person): void {
    const diffInfo = { prev: compared(before), curr: compared(after), userid: after.userid };
    this.#people('user_modify_org', [after.userid], { diffInfo });
    this.#events.emit('hrm_user_record_change', { actionType: 'userInfoChange', staffId: after.userid });
  }

  transferred(before: Person, after: Person): void {
    this.changed(before, after);
    this.#events.emit('hrm_mdm_user_change', { changeType: TRANSFERRED, staffId: after.userid });
  }

  department(what: 'create' | 'modify' | 'remove', id: number): void {
    this.#events.emit(`org_dept_${what}`, { deptId: [id] });
  }
}

const present = (directory: Directory): Set<string> =>
  new Set(directory.present().map(({ userid }) => userid));
