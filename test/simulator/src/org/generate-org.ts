import { Chance } from './chance.ts';
import type { OrgDepartment, OrgEmployee, OrgFile } from './org-file.ts';

const FAMILY = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余'];
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文辉力健永志斌婷宇浩凯欣怡晨曦佳梦瑶子轩',
];
const CITIES = [
  '北京',
  '上海',
  '广州',
  '深圳',
  '杭州',
  '成都',
  '武汉',
  '南京',
  '西安',
  '苏州',
  '重庆',
  '长沙',
];
const REASONS = ['个人发展', '收入预期不符', '家庭原因', '合同到期不续签', '协商解除'];

/** People per sales team: what one manager can look after. */
const TEAM_SIZE = 12;
/** About one leaver for six people in service, as a sales company has them. */
const LEAVERS_PER_HUNDRED = 16;
/** Generated people are hired within these years and leave before the end of the last. */
const FIRST_YEAR = 2019;
const LAST_YEAR = 2026;

const twoDigits = (number: number): string => String(number).padStart(2, '0');
const dayIn = (chance: Chance, fromYear: number, toYear: number): string =>
  `${chance.between(fromYear, toYear)}-${twoDigits(chance.between(1, 12))}-${twoDigits(chance.between(1, 28))}`;

/**
 * A believable company of any size: regions, teams of about twelve with a manager each, HR, and people who left.
 *
 * @param employees people in service, posts included, at least 1; leavers come on top
 * @param seed the same seed gives the same company
 */
export function generateOrg(employees: number, seed: number): OrgFile {
  if (!Number.isSafeInteger(employees) || employees < 1) throw new RangeError('employees must be 1 or more');
  const chance = new Chance(seed);
  const departments = layOutDepartments(Math.max(1, Math.ceil(employees / TEAM_SIZE)));
  const teams = departments.filter((department) => department.name.endsWith('组'));
  const people: OrgEmployee[] = [];
  for (let i = 0; i < employees; i += 1) people.push(inService(chance, { index: i, teams }));
  const leavers = Math.floor((employees * LEAVERS_PER_HUNDRED) / 100);
  for (let i = 0; i < leavers; i += 1) people.push(leaver(chance, { index: employees + i, teams }));
  const idOf = (index: number): string[] => (people[index] === undefined ? [] : [userIdOf(index)]);
  return {
    corp: { corpId: `dinggen${seed}`, name: `示例公司${seed}`, edition: 'standard' },
    departments: departments.map((department) => withManager(department, { people, teams })),
    employees: people,
    adminRoles:
      employees > 3
        ? { hr: idOf(employees - 1), hrAdmin: idOf(employees - 2), auditor: idOf(employees - 3) }
        : {},
  };
}

function layOutDepartments(teamCount: number): OrgDepartment[] {
  const departments: OrgDepartment[] = [{ id: 1, name: '总部', parent: null }];
  const regionCount = Math.ceil(teamCount / 8);
  for (let region = 0; region < regionCount; region += 1) {
    const city = CITIES[region % CITIES.length] ?? '总部';
    const round = Math.floor(region / CITIES.length);
    departments.push({ id: 100 + region, name: `${city}大区${round === 0 ? '' : round + 1}`, parent: 1 });
  }
  for (let team = 0; team < teamCount; team += 1) {
    departments.push({ id: 10_000 + team, name: `销售${team + 1}组`, parent: 100 + Math.floor(team / 8) });
  }
  return departments;
}

const userIdOf = (index: number): string => `u${String(index + 1).padStart(6, '0')}`;
const teamOf = (index: number, teams: OrgDepartment[]): number => teams[index % teams.length]?.id ?? 1;

function inService(chance: Chance, { index, teams }: { index: number; teams: OrgDepartment[] }): OrgEmployee {
  const isManager = index < teams.length;
  return {
    userid: userIdOf(index),
    name: chance.pick(FAMILY) + chance.pick(GIVEN) + (chance.next() < 0.6 ? chance.pick(GIVEN) : ''),
    jobNumber: `E${String(index + 1).padStart(6, '0')}`,
    mobile: `139${String(index + 1).padStart(8, '0')}`,
    title: isManager ? '销售经理' : '客户经理',
    departments: [teamOf(index, teams)],
    manager: isManager ? null : userIdOf(index % teams.length),
    hiredOn: isManager ? dayIn(chance, FIRST_YEAR - 1, FIRST_YEAR) : dayIn(chance, FIRST_YEAR, LAST_YEAR - 1),
    leftOn: null,
    leftKind: null,
    leftReason: null,
    gender: chance.next() < 0.5 ? 'female' : 'male',
    birthYear: chance.between(1975, 2002),
  };
}

function leaver(chance: Chance, place: { index: number; teams: OrgDepartment[] }): OrgEmployee {
  const person = inService(chance, place);
  const hiredOn = dayIn(chance, FIRST_YEAR, LAST_YEAR - 2);
  return {
    ...person,
    hiredOn,
    leftOn: dayIn(chance, Number(hiredOn.slice(0, 4)) + 1, LAST_YEAR - 1),
    leftKind: chance.next() < 0.75 ? 'voluntary' : 'involuntary',
    leftReason: chance.pick(REASONS),
  };
}

function withManager(
  department: OrgDepartment,
  { people, teams }: { people: OrgEmployee[]; teams: OrgDepartment[] },
): OrgDepartment {
  const at = teams.findIndex((team) => team.id === department.id);
  const manager = people[at];
  return manager !== undefined && manager.leftOn === null
    ? { ...department, managers: [manager.userid] }
    : department;
}
