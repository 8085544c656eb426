import { readFile } from 'node:fs/promises';
import type { Edition, LeftKind, OrgDepartment, OrgEmployee, OrgFile } from './org-file.ts';

/** What is wrong with an organisation file, everything at once, in words for the person who wrote it. */
export class OrgFileError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`组织文件有 ${problems.length} 处问题：${problems.slice(0, 20).join('；')}`);
    this.name = 'OrgFileError';
    this.problems = problems;
  }
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

const EDITIONS: Edition[] = ['standard', 'professional'];
const LEFT_KINDS: LeftKind[] = ['voluntary', 'involuntary'];

/**
 * @param path a JSON file
 * @throws OrgFileError when it cannot be read or does not hold an organisation
 */
export async function loadOrgFile(path: string): Promise<OrgFile> {
  let parsed: unknown;
  try {
    parsed = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new OrgFileError([`无法读取 ${path}（${cause instanceof Error ? cause.message : String(cause)}）`]);
  }
  return readOrg(parsed);
}

/** @throws OrgFileError naming every problem found */
export function readOrg(value: unknown): OrgFile {
  const problems: string[] = [];
  if (!isObject(value)) throw new OrgFileError(['最外层应为一个对象']);
  const departments = isList(value.departments) ? value.departments : [];
  const employees = isList(value.employees) ? value.employees : [];
  if (!isList(value.departments)) problems.push('缺少 departments');
  if (!isList(value.employees)) problems.push('缺少 employees');
  const corp = isObject(value.corp) ? value.corp : {};
  if (corp.edition !== undefined && !EDITIONS.includes(corp.edition as Edition)) {
    problems.push(`corp.edition 只能是 ${EDITIONS.join(' 或 ')}`);
  }
  checkDepartments(departments, problems);
  checkEmployees(employees, departments, problems);
  if (problems.length > 0) throw new OrgFileError(problems);
  return {
    ...(value as unknown as OrgFile),
    corp: {
      corpId: typeof corp.corpId === 'string' ? corp.corpId : 'dingdemo',
      name: typeof corp.name === 'string' ? corp.name : '示例公司',
      edition: (corp.edition as Edition | undefined) ?? 'standard',
    },
  };
}

function checkDepartments(departments: unknown[], problems: string[]): void {
  const ids = new Set<number>();
  for (const [i, entry] of departments.entries()) {
    const department: Partial<OrgDepartment> = isObject(entry) ? entry : {};
    const at = `departments[${i}]`;
    if (!Number.isSafeInteger(department.id)) problems.push(`${at} 缺少数字 id`);
    else if (ids.has(department.id as number)) problems.push(`${at} 的 id ${department.id} 重复`);
    else ids.add(department.id as number);
    if (typeof department.name !== 'string' || department.name === '') problems.push(`${at} 缺少 name`);
    if (department.parent === undefined) problems.push(`${at} 缺少 parent（根部门写 null）`);
    if (department.parent === null && department.id !== 1)
      problems.push(`${at}：只有根部门（id 1）没有 parent`);
  }
  if (!ids.has(1)) problems.push('缺少根部门（id 1）');
  for (const [i, entry] of departments.entries()) {
    const parent = isObject(entry) ? entry.parent : null;
    if (typeof parent === 'number' && !ids.has(parent))
      problems.push(`departments[${i}] 的上级 ${parent} 不存在`);
  }
  if (problems.length === 0) checkTree(departments as OrgDepartment[], problems);
}

function checkTree(departments: OrgDepartment[], problems: string[]): void {
  const parents = new Map(departments.map((department) => [department.id, department.parent]));
  for (const department of departments) {
    let at: number | null | undefined = department.id;
    for (let steps = 0; at !== null && at !== undefined; steps += 1) {
      at = parents.get(at);
      if (steps > departments.length) {
        problems.push(`部门 ${department.id} 的上级成环`);
        break;
      }
    }
  }
}

function checkEmployees(employees: unknown[], departments: unknown[], problems: string[]): void {
  const known = new Set(departments.map((entry) => (isObject(entry) ? entry.id : undefined)));
  const seen = new Set<string>();
  for (const [i, entry] of employees.entries()) {
    const at = `employees[${i}]`;
    const employee: Partial<OrgEmployee> = isObject(entry) ? entry : {};
    if (typeof employee.userid !== 'string' || employee.userid === '' || employee.userid.length > 64) {
      problems.push(`${at} 缺少 userid（1–64 个字符）`);
    } else if (seen.has(employee.userid)) problems.push(`${at} 的 userid ${employee.userid} 重复`);
    else seen.add(employee.userid);
    if (typeof employee.name !== 'string' || employee.name === '') problems.push(`${at} 缺少 name`);
    checkPlaceAndDays(employee, { at, known, problems });
  }
}

function checkPlaceAndDays(
  employee: Partial<OrgEmployee>,
  { at, known, problems }: { at: string; known: Set<unknown>; problems: string[] },
): void {
  if (!isList(employee.departments) || employee.departments.length === 0)
    problems.push(`${at} 缺少 departments`);
  else {
    for (const id of employee.departments)
      if (!known.has(id)) problems.push(`${at} 的部门 ${String(id)} 不存在`);
  }
  for (const field of ['hiredOn', 'leftOn'] as const) {
    const day: unknown = employee[field];
    if (day !== undefined && day !== null && !isDay(day)) problems.push(`${at} 的 ${field} 应为 YYYY-MM-DD`);
  }
  const kind = employee.leftKind;
  if (kind !== undefined && kind !== null && !LEFT_KINDS.includes(kind)) {
    problems.push(`${at} 的 leftKind 只能是 ${LEFT_KINDS.join(' 或 ')}`);
  }
}
