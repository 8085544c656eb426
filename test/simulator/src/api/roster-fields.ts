import { DAY_MS, startOfDay } from '../clock/shanghai.ts';
import type { Person } from '../org/directory.ts';
import type { World } from '../world.ts';

/** People are on probation for their first three months. */
const PROBATION_MS = 92 * DAY_MS;

const STATUS_NAMES: Record<string, string> = { '2': '试用期', '3': '正式', '5': '待离职', '-1': '无状态' };

/** @returns the roster's key: 2 on probation, 3 regular, 5 leaving */
export function employeeStatus(person: Person, today: string): string {
  if (person.leftOn) return '5';
  if (person.hiredOn && startOfDay(today) - startOfDay(person.hiredOn) < PROBATION_MS) return '2';
  return '3';
}

interface RosterField {
  code: string;
  name: string;
  value: string | undefined;
  label?: string | undefined;
  isDate?: boolean;
}

function fieldsOf(world: World, person: Person): RosterField[] {
  const { directory } = world;
  const hasLeft = !directory.isPresent(person) && Boolean(person.leftOn);
  const names = person.departments.map((id) => directory.department(id)?.name ?? '');
  const status = employeeStatus(person, directory.today());
  const regularOn = person.hiredOn ? dayAfterProbation(person.hiredOn) : undefined;
  const sex = person.gender ? (person.gender === 'male' ? '男' : '女') : undefined;
  return [
    { code: 'sys00-name', name: '姓名', value: person.name },
    { code: 'sys00-deptIds', name: '部门id列表', value: person.departments.join('|') },
    { code: 'sys00-mainDeptId', name: '主部门id', value: person.departments[0]?.toString() },
    { code: 'sys00-dept', name: '部门', value: names.join('|') },
    { code: 'sys00-mainDept', name: '主部门', value: names[0] },
    { code: 'sys00-position', name: '职位', value: person.title ?? undefined },
    { code: 'sys00-mobile', name: '手机号', value: person.mobile ?? undefined },
    { code: 'sys00-jobNumber', name: '工号', value: person.jobNumber ?? undefined },
    { code: 'sys00-confirmJoinTime', name: '入职时间', value: person.hiredOn ?? undefined, isDate: true },
    { code: 'sys01-employeeType', name: '员工类型', value: '1', label: '全职' },
    {
      code: 'sys01-employeeStatus',
      name: '员工状态',
      value: hasLeft ? undefined : status,
      label: hasLeft ? undefined : STATUS_NAMES[status],
    },
    { code: 'sys01-positionLevel', name: '岗位职级', value: person.positionLevel },
    { code: 'sys01-regularTime', name: '转正日期', value: regularOn, isDate: true },
    {
      code: 'sys02-sexType',
      name: '性别',
      value: sex === undefined ? undefined : sex === '男' ? '0' : '1',
      label: sex,
    },
    {
      code: 'sys02-birthTime',
      name: '出生日期',
      value: person.birthYear ? `${person.birthYear}-01-01` : undefined,
      isDate: true,
    },
  ];
}

const dayAfterProbation = (hiredOn: string): string =>
  new Date(Date.parse(`${hiredOn}T00:00:00Z`) + PROBATION_MS).toISOString().slice(0, 10);

/** Dates are read back in a form that no source confirms: day, day with time, or ms as text. */
const dateForm = (world: World, day: string): string =>
  world.variation.form(day, `${day} 00:00:00`, String(startOfDay(day)));

function valuesOf(world: World, field: RosterField) {
  if (field.value === undefined) {
    return world.variation.form<object[] | undefined>([{ itemIndex: 0 }], [], undefined);
  }
  const value = field.isDate === true ? dateForm(world, field.value) : field.value;
  return [{ value, label: field.label ?? value, itemIndex: 0 }];
}

/** @param wanted field codes; undefined: all */
export const rosterFields = (world: World, person: Person, wanted: string[] | undefined) =>
  fieldsOf(world, person)
    .filter((field) => wanted === undefined || wanted.includes(field.code))
    .map((field) => ({
      fieldCode: field.code,
      fieldName: field.name,
      groupId: field.code.slice(0, field.code.indexOf('-')),
      fieldValueList: valuesOf(world, field),
    }));
