import type {
  AnswerHead,
  CycleAnswer,
  CycleEvidenceAnswer,
  CyclePeopleAnswer,
  CyclePersonAnswer,
  JobRunView,
  PersonFileAnswer,
} from '@shigang/shared/answers';
import { lisiExplanation, thresholds, zhangsanExplanation } from './fixture-match.ts';
import { evidence } from './fixtures.ts';

const head: AnswerHead = {
  viewer: {
    userId: 'hr01',
    name: '周敏',
    departmentName: '人力资源部',
    abilities: { seesOwnFigures: false, opensDesk: true, managesTeam: false },
  },
  nowAt: '2026-10-12T09:41:00+08:00',
  dataAt: '2026-10-12T09:30:00+08:00',
};
const summary = { cycleId: '7', period: '2026Q3', role: 'large_account', state: 'published' } as const;

export const cycle: CycleAnswer = {
  ...head,
  cycleId: summary.cycleId,
  period: summary.period,
  state: summary.state,
  model: zhangsanExplanation.model,
  thresholds,
  counts: { transition: 5, train: 8, reassign: 7, insufficientData: 0, later: 0, left: 0 },
  people: 20,
  computed: 20,
  decided: 20,
  publishedOn: '2026-10-12',
  unreached: [],
  cycles: [summary, { ...summary, cycleId: '3', period: '2026Q2', state: 'closed' }],
};

const run = { kind: 'import', total: 2_333, startedBy: '周敏', finishedAt: null, mayCancel: true } as const;
const jobRuns: readonly JobRunView[] = [];
/** Two under way, two that are over. */
export const someJobRuns: readonly JobRunView[] = [
  {
    ...run,
    runId: 'r1',
    title: '导入 跨部门协作.xlsx',
    state: 'running',
    done: 1_446,
    startedAt: '2026-10-12T09:38:00+08:00',
    sentence: '1,446 / 2,333 行',
  },
  {
    ...run,
    runId: 'r2',
    kind: 'profiles.rebuild',
    title: '重算能力画像，20 人',
    state: 'queued',
    done: 0,
    total: null,
    startedAt: '2026-10-12T09:39:00+08:00',
    mayCancel: false,
    sentence: '等导入写完再开始。',
  },
  {
    ...run,
    runId: 'r3',
    title: '导入 成交.xlsx',
    state: 'done',
    done: 2_070,
    total: 2_070,
    startedAt: '2026-10-12T08:48:00+08:00',
    finishedAt: '2026-10-12T08:49:00+08:00',
    mayCancel: false,
    sentence: '写入 2,070 条，提醒 24 条。',
  },
  {
    ...run,
    runId: 'r4',
    title: '导入 客户反馈.xlsx',
    state: 'failed',
    done: 400,
    total: 841,
    startedAt: '2026-10-12T08:50:00+08:00',
    finishedAt: '2026-10-12T08:51:00+08:00',
    mayCancel: false,
    sentence: '服务重启，停在第 400 行；841 行都还没有生效。',
  },
];

const gaps = zhangsanExplanation.dimensions.flatMap((one) => one.indicators.map(({ name }) => name));

type Row = [userId: string, name: string, department: number, score: number, tier: number];
/** The twenty of the demo company with their scores and tiers. */
const rows: Row[] = [
  ['wangwu', '王五', 0, 8864, 0],
  ['zhangsan', '张三', 0, 8520, 0],
  ['zhaomin', '赵敏', 0, 8375, 0],
  ['sunhao', '孙浩', 1, 8106, 0],
  ['zhouting', '周婷', 1, 8000, 0],
  ['wulei', '吴磊', 0, 7842, 1],
  ['zhengjie', '郑洁', 1, 7510, 1],
  ['fengtao', '冯涛', 0, 7288, 1],
  ['chenchen', '陈晨', 1, 7035, 1],
  ['chuyun', '褚云', 1, 6790, 1],
  ['weidong', '卫东', 1, 6512, 1],
  ['jiangxin', '蒋欣', 1, 6147, 1],
  ['lisi', '李四', 0, 6000, 1],
  ['shenyue', '沈悦', 0, 5873, 2],
  ['hanlei', '韩磊', 1, 5620, 2],
  ['yangfan', '杨帆', 0, 5394, 2],
  ['youjia', '尤佳', 1, 5008, 2],
  ['zhulin', '朱林', 1, 4650, 2],
  ['qinchuan', '秦川', 1, 4133, 2],
  ['xuqiang', '许强', 0, 3760, 2],
];

const columnsOf = (all: Row[]): CyclePeopleAnswer['columns'] => ({
  userId: all.map(([userId]) => userId),
  name: all.map(([, name]) => name),
  jobNumber: all.map((_, at) => `S${String(at + 1).padStart(3, '0')}`),
  department: all.map(([, , department]) => department),
  role: all.map(() => 0),
  scoreHundredths: all.map(([, , , score]) => score),
  previousScoreHundredths: all.map(([, , , score], at) =>
    at % 7 === 6 ? -1 : score - ((at * 97) % 600) + 120,
  ),
  coverageHundredths: all.map(() => 10000),
  suggestedTier: all.map(([, , , , tier]) => tier),
  decision: all.map(([, , , , tier], at) => (at === 11 ? -1 : tier)),
  gap: all.map((_, at) => at % gaps.length),
  left: all.map(() => 0),
  change: all.map(() => -1),
  notice: all.map(() => -1),
});

export const people: CyclePeopleAnswer = {
  cycleId: summary.cycleId,
  version: '1',
  rows: rows.length,
  departments: ['销售一部', '销售二部'],
  roles: ['small_account', 'large_account', 'sales_support'],
  gaps,
  columns: columnsOf(rows),
};

/** `count` people made by arithmetic alone. */
export function manyPeople(count: number): CyclePeopleAnswer {
  const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
  const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚';
  const all = Array.from({ length: count }, (_, at): Row => {
    const score = (at * 7919) % 10_001;
    const name =
      (surnames[at % 20] ?? '') +
      (given[Math.floor(at / 20) % 20] ?? '') +
      (given[Math.floor(at / 400) % 20] ?? '');
    return [`u${at}`, name, at % 40, score, score >= 8000 ? 0 : score >= 6000 ? 1 : 2];
  });
  return {
    ...people,
    rows: count,
    departments: Array.from({ length: 40 }, (_, at) => `销售${at + 1}部`),
    columns: columnsOf(all),
  };
}

const decided = {
  decisionId: 'decision-lisi',
  kind: 'decided',
  tier: 'train',
  targetRole: null,
  effectiveOn: null,
  reason: null,
  decidedByName: '周敏',
  decidedAt: '2026-10-09T16:20:00+08:00',
} as const;

/** 李四, whoever is asked for. */
export function personOf(userId: string): CyclePersonAnswer {
  const at = Math.max(people.columns.userId.indexOf(userId), 0);
  return {
    cycleId: summary.cycleId,
    period: summary.period,
    state: summary.state,
    person: {
      userId,
      name: people.columns.name[at] ?? '',
      jobNumber: people.columns.jobNumber[at] ?? null,
      departmentName: '销售一部',
      managerName: '陈立',
      hiredOn: '2022-03-07',
      leftOn: null,
    },
    suggestedTier: 'train',
    suggestedTargetRole: null,
    decision: decided,
    previousScoreHundredths: 5767,
    explanation: userId === 'zhangsan' ? zhangsanExplanation : lisiExplanation,
  };
}

const { viewer: _viewer, nowAt: _nowAt, dataAt: _dataAt, ...records } = evidence;
export const cycleEvidence: CycleEvidenceAnswer = records;

/** A file in which nothing has happened yet; see fixture-decisions.ts for one with a story. */
const fileOf = (userId: string): PersonFileAnswer => ({
  cycleId: summary.cycleId,
  period: summary.period,
  userId,
  name: personOf(userId).person.name,
  decisionId: decided.decisionId,
  change: null,
  notices: [],
  training: null,
  entries: [],
  contentHash: '0'.repeat(64),
  may: { keep: false, offerAgain: false, ground: false },
});

/** The JSON of the desk by path, null when unknown. */
export function deskAnswer(pathname: string, list: CyclePeopleAnswer = people): unknown {
  const [, , , kind, cycleId, part, userId, leaf] = pathname.split('/');
  if (kind === 'session') return head.viewer;
  if (kind === 'job-runs') return { runs: jobRuns };
  if (kind !== 'cycles') return null;
  if (cycleId === undefined) return { cycles: cycle.cycles };
  if (part === undefined) return { ...cycle, people: list.rows };
  if (userId === undefined) return list;
  if (leaf === 'file') return fileOf(userId);
  return leaf === 'evidence' ? cycleEvidence : personOf(userId);
}
