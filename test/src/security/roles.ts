import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoOrg } from '@shigang/simulator';
import type { TestHouse } from '../harness/processes/house.ts';
import { control, signIn } from '../harness/processes/simulator-control.ts';

/** The askers of the matrix, in the order of its columns. */
export const ROLES = [
  'anonymous',
  'employee',
  'other',
  'manager',
  'hrInScope',
  'hrOutOfScope',
  'hrAdmin',
  'auditor',
  'leaver',
  'expired',
] as const;
export type Role = (typeof ROLES)[number];

/** Who plays the role; `leaver` and `expired` still hold a cookie from before. */
export const PEOPLE: Readonly<Record<Exclude<Role, 'anonymous'>, string>> = {
  employee: 'zhangsan',
  other: 'lisi',
  manager: 'mgr01',
  hrInScope: 'hr01',
  hrOutOfScope: 'hr03',
  hrAdmin: 'hr02',
  auditor: 'aud01',
  leaver: 'fengtao',
  expired: 'zhengjie',
};
/** HR of the second sales team alone. */
export const HR_SECOND_TEAM = 'hr04';

/** The demo company with two more HR people: one whose scope holds nobody, one with the second team only. */
export function writeOrg(folder: string): string {
  const org = demoOrg();
  const model = org.employees.find((one) => one.userid === 'hr01');
  if (!model) throw new Error('the demo company has no hr01');
  org.employees.push({ ...model, userid: 'hr03', name: '孟琪', jobNumber: 'M103', mobile: '13800009103' });
  org.employees.push({
    ...model,
    userid: HR_SECOND_TEAM,
    name: '方圆',
    jobNumber: 'M104',
    mobile: '13800009104',
  });
  org.adminRoles = { ...org.adminRoles, hr: ['hr01', 'hr03', HR_SECOND_TEAM] };
  const file = join(folder, 'org.json');
  writeFileSync(file, JSON.stringify(org));
  return file;
}

/** Settings of the demo with the scopes of the two. */
export function writeSettings(folder: string, demo: { hrScopes: Record<string, number[]> }): string {
  const file = join(folder, 'settings.json');
  const hrScopes = { ...demo.hrScopes, hr03: [20], [HR_SECOND_TEAM]: [12] };
  writeFileSync(file, JSON.stringify({ ...demo, hrScopes }));
  return file;
}

/** Cookie headers of every role; the leaver has left by then, and the expired session has run out. */
export async function signInAll(house: TestHouse): Promise<Map<Role, string | null>> {
  const cookies = new Map<Role, string | null>([['anonymous', null]]);
  for (const role of ROLES) if (role !== 'anonymous') cookies.set(role, await signIn(house, PEOPLE[role]));
  await house.db.execute('UPDATE sessions SET expires_at = ? WHERE user_id = ?', [
    '2026-01-01 00:00:00',
    PEOPLE.expired,
  ]);
  await control(house, '/org', { op: 'leave', employee: { userid: PEOPLE.leaver, leftOn: '2026-10-11' } });
  await house.run('sync');
  return cookies;
}
