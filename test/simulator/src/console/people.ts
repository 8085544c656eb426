import type { Directory, Person } from '../org/directory.ts';

/** A person in the console's list. */
export interface ListedPerson {
  userid: string;
  name: string;
  detail: string;
  unread: number;
}

export interface PeopleGroup {
  title: string;
  people: ListedPerson[];
  /** People of the group that match, also those beyond the list's length. */
  count: number;
}

/** A list longer than this is searched, not read. */
const LISTED_PER_GROUP = 100;
const DESK_ROLES = ['HR', 'HR管理员', '审计'];
const MANAGER_ROLE = '主管';

interface Listing {
  /** Part of a name, job number or userid. */
  query: string;
  unread: Map<string, number>;
}

/** Those in the address book: HR and audit first, then managers, then everybody else. */
export function listPeople(directory: Directory, { query, unread }: Listing): PeopleGroup[] {
  const wanted = query.trim().toLowerCase();
  const groups: [title: string, people: Person[]][] = [
    ['HR 与审计', []],
    ['主管', []],
    ['员工', []],
  ];
  for (const person of directory.present()) {
    const texts = [person.name, person.userid, person.jobNumber ?? ''];
    if (!texts.some((text) => text.toLowerCase().includes(wanted))) continue;
    const roles = directory.rolesOf(person.userid).map((role) => role.name);
    const at = roles.some((role) => DESK_ROLES.includes(role)) ? 0 : roles.includes(MANAGER_ROLE) ? 1 : 2;
    groups[at]?.[1].push(person);
  }
  return groups
    .filter(([, people]) => people.length > 0)
    .map(([title, people]) => ({
      title,
      count: people.length,
      people: people.slice(0, LISTED_PER_GROUP).map((person) => ({
        userid: person.userid,
        name: person.name,
        detail: detailOf(directory, person),
        unread: unread.get(person.userid) ?? 0,
      })),
    }));
}

function detailOf(directory: Directory, person: Person): string {
  const role = directory.rolesOf(person.userid).find(({ name }) => DESK_ROLES.includes(name));
  const department = directory.department(person.departments[0] ?? 1)?.name ?? '';
  return `${role?.name ?? department} · ${person.userid}`;
}
