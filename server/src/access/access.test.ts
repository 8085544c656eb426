import { buildEmployee, createTestDatabase } from '@shigang/test';
import type { Database } from '../platform/database.ts';
import {
  loadViewer,
  may,
  nobody,
  operatorViewer,
  systemViewer,
  visibleEmployees,
  type PersonalData,
  type Viewer,
} from './index.ts';

const settings = {
  accessRoles: { hr: ['HR'], hrAdmin: ['HR管理员'], auditor: ['审计'] },
  hrScopes: { hr01: [10] },
};
const PEOPLE = ['boss', 'mgr01', 'hr01', 'hr02', 'aud01', 'zhangsan', 'lisi', 'wangwu', 'gone'];
let db: Database;

beforeAll(async () => {
  db = await createTestDatabase();
  const departments: [number, string, number | null, string][] = [
    [1, '公司', null, '[]'],
    [10, '销售', 1, '["mgr01"]'],
    [11, '销售一组', 10, '[]'],
    [20, '其他', 1, '[]'],
  ];
  await db.insertMany(
    'departments',
    ['dept_id', 'name', 'parent_id', 'manager_user_ids', 'updated_at'],
    departments.map((row) => [...row, new Date(0)]),
  );
  const employees: [string, number, string | null, number][] = [
    ['boss', 1, null, 1],
    ['mgr01', 10, 'boss', 1],
    ['hr01', 20, 'boss', 1],
    ['hr02', 20, 'boss', 1],
    ['aud01', 20, 'boss', 1],
    ['zhangsan', 11, 'mgr01', 1],
    ['lisi', 10, null, 1],
    ['wangwu', 20, 'boss', 1],
    ['gone', 11, 'mgr01', 0],
  ];
  for (const [userId, deptId, manager, active] of employees)
    await buildEmployee(db, { userId, deptId, manager, active: active === 1 });
  await db.insertMany(
    'dingtalk_roles',
    ['user_id', 'role_name'],
    [
      ['hr01', 'HR'],
      ['hr02', 'HR管理员'],
      ['aud01', '审计'],
    ],
  );
});

const seen = async (viewer: Viewer, data: PersonalData): Promise<string[]> => {
  const predicate = visibleEmployees(viewer, data, 'e.user_id');
  const rows = await db.select<{ user_id: string }>(
    `SELECT e.user_id FROM employees e WHERE ${predicate.sql} ORDER BY e.user_id`,
    predicate.params,
  );
  return rows.map((row) => row.user_id);
};
const everybody = [...PEOPLE].sort();

test.each<[string, Record<PersonalData, string[]>]>([
  ['zhangsan', { profile: ['zhangsan'], statement: ['zhangsan'], cycle: [] }],
  ['mgr01', { profile: ['gone', 'lisi', 'mgr01', 'zhangsan'], statement: ['mgr01'], cycle: [] }],
  ['boss', { profile: everybody, statement: ['boss'], cycle: [] }],
  [
    'hr01',
    {
      profile: ['gone', 'hr01', 'lisi', 'mgr01', 'zhangsan'],
      statement: ['gone', 'hr01', 'lisi', 'mgr01', 'zhangsan'],
      cycle: ['gone', 'lisi', 'mgr01', 'zhangsan'],
    },
  ],
  ['hr02', { profile: everybody, statement: everybody, cycle: everybody }],
  ['aud01', { profile: ['aud01'], statement: ['aud01'], cycle: [] }],
  ['gone', { profile: [], statement: [], cycle: [] }],
  ['unknown', { profile: [], statement: [], cycle: [] }],
])('%s sees exactly the people of the policy', async (userId, expected) => {
  const viewer = await loadViewer(db, userId, settings);
  for (const data of Object.keys(expected) as PersonalData[]) {
    expect([data, await seen(viewer, data)]).toEqual([data, expected[data]]);
  }
});

test('an HR person without a scope sees no department', async () => {
  const viewer = await loadViewer(db, 'hr01', { ...settings, hrScopes: {} });
  expect(await seen(viewer, 'cycle')).toEqual([]);
});

test('abilities follow the roles', async () => {
  const [staff, hr, admin, auditor] = await Promise.all(
    ['zhangsan', 'hr01', 'hr02', 'aud01'].map((id) => loadViewer(db, id, settings)),
  );
  expect([staff, hr, admin, auditor].map((viewer) => may(viewer!, 'cycle.decide'))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect([staff, hr, admin, auditor].map((viewer) => may(viewer!, 'ops.read'))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect([staff, hr, admin, auditor].map((viewer) => may(viewer!, 'audit.read'))).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(may(nobody, 'signed_in')).toBe(false);
  expect(may(systemViewer('x'), 'cycle.decide') && may(operatorViewer('root'), 'ops.read')).toBe(true);
});
