import type { LeftKind, OrgEmployee, OrgFile } from './org-file.ts';

/**
 * The demo company 安心企服: 20 salespeople, the five posts around them filled all along, and everybody who left.
 * Its headcounts give the turnover of the demo's story: sales 7 of 20 in the year before 2025-10-01 and 2 of 20 in
 * the year after, the whole company 6 of 24 in 2025Q3 and 2 of 25 in 2026Q3.
 */
const FIRST_SALES = 11;
const SECOND_SALES = 12;
const LARGE_ACCOUNTS = 20;
const SALES_OFFICE = 13;
const ROOT = 1;

type Person = [userid: string, name: string, gender: 'male' | 'female', birthYear: number, hiredOn: string];

const FIRST_TEAM: Person[] = [
  ['zhangsan', '张三', 'male', 1992, '2023-04-01'],
  ['wangwu', '王五', 'male', 1988, '2022-05-09'],
  ['lisi', '李四', 'male', 1991, '2022-03-07'],
  ['shenyue', '沈悦', 'female', 1998, '2025-07-07'],
  ['wulei', '吴磊', 'male', 1987, '2021-08-02'],
  ['fengtao', '冯涛', 'male', 1993, '2023-02-20'],
  ['zhaomin', '赵敏', 'female', 1990, '2022-11-14'],
  ['yangfan', '杨帆', 'male', 1999, '2025-07-14'],
  ['xuqiang', '许强', 'male', 1984, '2021-06-15'],
];

const SECOND_TEAM: Person[] = [
  ['zhouting', '周婷', 'female', 1994, '2023-06-12'],
  ['sunhao', '孙浩', 'male', 1989, '2022-09-01'],
  ['zhengjie', '郑洁', 'female', 1995, '2023-10-09'],
  ['chenchen', '陈晨', 'female', 1992, '2022-02-21'],
  ['chuyun', '褚云', 'female', 1997, '2025-07-21'],
  ['weidong', '卫东', 'male', 1986, '2025-08-04'],
  ['jiangxin', '蒋欣', 'female', 1996, '2025-11-10'],
  ['hanlei', '韩磊', 'male', 1990, '2022-07-18'],
  ['youjia', '尤佳', 'female', 1998, '2025-08-11'],
  ['zhulin', '朱林', 'male', 2000, '2026-01-05'],
  ['qinchuan', '秦川', 'male', 1993, '2024-05-13'],
];

type Leaver = [person: Person, department: number, leftOn: string, kind: LeftKind, reason: string];

const LEAVERS: Leaver[] = [
  [
    ['hexiaodong', '何晓东', 'male', 1991, '2023-05-01'],
    FIRST_SALES,
    '2024-12-13',
    'voluntary',
    '收入预期不符',
  ],
  [['lvqian', '吕倩', 'female', 1995, '2023-05-01'], SECOND_SALES, '2025-03-21', 'voluntary', '个人发展'],
  [['shiming', '施明', 'male', 1990, '2023-05-01'], FIRST_SALES, '2025-07-11', 'voluntary', '收入预期不符'],
  [['zhangyong', '张勇', 'male', 1985, '2023-05-01'], SECOND_SALES, '2025-07-31', 'involuntary', '协商解除'],
  [['kongli', '孔丽', 'female', 1996, '2023-05-01'], FIRST_SALES, '2025-08-15', 'voluntary', '个人发展'],
  [['caoyang', '曹阳', 'male', 1994, '2023-05-01'], SECOND_SALES, '2025-08-29', 'voluntary', '家庭原因'],
  [
    ['yanfeng', '严峰', 'male', 1989, '2023-05-01'],
    SECOND_SALES,
    '2025-09-12',
    'involuntary',
    '合同到期不续签',
  ],
  [['huaxue', '华雪', 'female', 1999, '2025-09-01'], FIRST_SALES, '2026-02-13', 'voluntary', '个人发展'],
  [['jinhao', '金浩', 'male', 1997, '2025-09-08'], SECOND_SALES, '2026-08-14', 'voluntary', '收入预期不符'],
];

const mobileOf = (number: number): string => `138${String(number).padStart(8, '0')}`;
const jobNumberOf = (prefix: string, number: number): string => `${prefix}${String(number).padStart(3, '0')}`;

function salesperson(person: Person, place: { number: number; department: number }): OrgEmployee {
  const [userid, name, gender, birthYear, hiredOn] = person;
  return {
    userid,
    name,
    jobNumber: jobNumberOf('S', place.number),
    mobile: mobileOf(place.number),
    title: '客户经理',
    departments: [place.department],
    manager: place.department === FIRST_SALES ? 'mgr01' : 'mgr02',
    hiredOn,
    leftOn: null,
    leftKind: null,
    leftReason: null,
    gender,
    birthYear,
  };
}

const sales = (): OrgEmployee[] => [
  ...FIRST_TEAM.map((person, i) => salesperson(person, { number: 1 + i, department: FIRST_SALES })),
  ...SECOND_TEAM.map((person, i) =>
    salesperson(person, { number: 1 + FIRST_TEAM.length + i, department: SECOND_SALES }),
  ),
];

const salesLeavers = (): OrgEmployee[] =>
  LEAVERS.map(([person, department, leftOn, leftKind, leftReason], i) => ({
    ...salesperson(person, { number: 21 + i, department }),
    leftOn,
    leftKind,
    leftReason,
  }));

type Post = Omit<OrgEmployee, 'jobNumber' | 'mobile'> & { number: number };

/** Manager 1, manager 2 and predecessor, HR, HR admin, three auditors one after another. */
const POSTS: Post[] = [
  {
    number: 1,
    userid: 'mgr01',
    name: '陈立',
    title: '销售一部经理',
    departments: [FIRST_SALES, SALES_OFFICE],
    hiredOn: '2019-03-01',
    gender: 'male',
    birthYear: 1983,
  },
  {
    number: 2,
    userid: 'mgr02',
    name: '高远',
    title: '销售二部经理',
    departments: [SECOND_SALES],
    hiredOn: '2026-07-01',
    gender: 'male',
    birthYear: 1986,
  },
  {
    number: 3,
    userid: 'mgr03',
    name: '罗毅',
    title: '销售二部经理',
    departments: [SECOND_SALES],
    hiredOn: '2020-03-02',
    leftOn: '2026-06-12',
    leftKind: 'voluntary',
    leftReason: '个人发展',
    gender: 'male',
    birthYear: 1982,
  },
  {
    number: 4,
    userid: 'hr01',
    name: '周敏',
    title: '人力资源专员',
    departments: [ROOT],
    manager: 'hr02',
    hiredOn: '2021-04-01',
    gender: 'female',
    birthYear: 1990,
  },
  {
    number: 5,
    userid: 'hr02',
    name: '何静',
    title: '人力资源负责人',
    departments: [ROOT],
    hiredOn: '2020-09-01',
    gender: 'female',
    birthYear: 1985,
  },
  {
    number: 6,
    userid: 'aud01',
    name: '吴正',
    title: '内部审计',
    departments: [ROOT],
    hiredOn: '2026-08-03',
    gender: 'male',
    birthYear: 1988,
  },
  {
    number: 7,
    userid: 'aud02',
    name: '魏兰',
    title: '内部审计',
    departments: [ROOT],
    hiredOn: '2021-01-04',
    leftOn: '2025-08-22',
    leftKind: 'voluntary',
    leftReason: '家庭原因',
    gender: 'female',
    birthYear: 1987,
  },
  {
    number: 8,
    userid: 'aud03',
    name: '姜涵',
    title: '内部审计',
    departments: [ROOT],
    hiredOn: '2025-08-25',
    leftOn: '2026-07-31',
    leftKind: 'voluntary',
    leftReason: '个人发展',
    gender: 'female',
    birthYear: 1992,
  },
];

const posts = (): OrgEmployee[] =>
  POSTS.map(({ number, ...post }) => ({
    ...post,
    jobNumber: jobNumberOf('M', number),
    mobile: mobileOf(100 + number),
  }));

/** @returns a fresh copy each time: the simulator changes what it is given */
export const demoOrg = (): OrgFile => ({
  corp: { corpId: 'dingdemo', name: '安心企服', edition: 'standard' },
  departments: [
    { id: ROOT, name: '安心企服', parent: null },
    { id: FIRST_SALES, name: '销售一部', parent: ROOT, managers: ['mgr01'] },
    { id: SALES_OFFICE, name: '商务支持组', parent: FIRST_SALES, managers: ['mgr01'] },
    { id: SECOND_SALES, name: '销售二部', parent: ROOT, managers: ['mgr02'] },
    { id: LARGE_ACCOUNTS, name: '大客户部', parent: ROOT, managers: ['mgr01'] },
  ],
  employees: [...sales(), ...posts(), ...salesLeavers()],
  adminRoles: { hr: ['hr01'], hrAdmin: ['hr02'], auditor: ['aud01'] },
  attendance: { schedule: 'mon-fri 09:00-18:00', seed: 7 },
});
