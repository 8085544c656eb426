import type { CyclePeopleAnswer } from '@shigang/shared/answers';
import {
  changeAt,
  countStates,
  histogramOf,
  rankNames,
  resultAt,
  stateAt,
  viewOf,
  type ViewQuery,
} from './people-view.ts';

const people: CyclePeopleAnswer = {
  cycleId: '1',
  version: '1',
  rows: 6,
  departments: ['销售二部', '销售一部'],
  roles: ['small_account'],
  gaps: ['续约率', '大单赢单率'],
  columns: {
    userId: ['a', 'b', 'c', 'd', 'e', 'f'],
    name: ['王五', '张三', '李四', '安然', '赵敏', '周婷'],
    jobNumber: ['S002', 'S001', 'S003', 'X010', 'S007', 'S009'],
    department: [0, 1, 1, 0, 0, -1],
    role: [0, 0, 0, 0, 0, 0],
    scoreHundredths: [8864, 8520, 6000, -1, 8520, 9999],
    previousScoreHundredths: [8900, 8000, -1, -1, 8520, 10],
    coverageHundredths: [10000, 10000, 10000, 4000, 10000, 10000],
    suggestedTier: [0, 0, 1, 3, 0, 0],
    decision: [0, 1, -1, -1, 4, 0],
    gap: [1, 0, -1, 0, 0, 1],
    left: [0, 0, 0, 0, 0, 1],
    change: [1, 0, -1, -1, -1, -1],
    notice: [1, 2, 0, -1, -1, -1],
  },
};
const all: ViewQuery = {
  text: '',
  department: null,
  result: null,
  state: null,
  sort: 'score',
  isDescending: true,
};
const ids = (query: Partial<ViewQuery>): string =>
  [...viewOf(people, { ...all, ...query }, rankNames(people))]
    .map((row) => people.columns.userId[row])
    .join('');

test('sorts by score, people without one last in both directions, equals in their order', () => {
  expect(ids({})).toBe('fabecd');
  expect(ids({ isDescending: false })).toBe('cbeafd');
});

test('sorts by change, pinyin, department, result, gap and decision', () => {
  expect(ids({ sort: 'change' })).toBe('fbeacd');
  expect(ids({ sort: 'name', isDescending: false })).toBe('dcabef');
  expect(ids({ sort: 'department', isDescending: false })).toBe('adebcf');
  expect(ids({ sort: 'result', isDescending: false })).toBe('abcdef');
  expect(ids({ sort: 'gap', isDescending: false })).toBe('bdeafc');
  expect(ids({ sort: 'decision', isDescending: false })).toBe('cdfeba');
});

test('filters by text in name or job number, department and result', () => {
  expect(ids({ text: '张' })).toBe('b');
  expect(ids({ text: ' s00 ' })).toBe('fabec');
  expect(ids({ department: 1 })).toBe('bc');
  expect(ids({ result: 'transition' })).toBe('a');
  expect(ids({ result: 'train' })).toBe('bc');
  expect(ids({ result: 'later' })).toBe('e');
  expect(ids({ result: 'left' })).toBe('f');
  expect(ids({ result: 'insufficient_data', text: 'X' })).toBe('d');
  // A department that the answer does not know (an old link) shows nobody, not everybody.
  expect(ids({ department: -1 })).toBe('');
});

test('a person’s result: left before decision before suggestion', () => {
  expect([0, 1, 2, 3, 4, 5].map((row) => resultAt(people, row))).toEqual([0, 1, 1, 3, 4, 5]);
  expect([0, 1, 2, 3, 4].map((row) => stateAt(people, row))).toEqual([
    'returned',
    'open',
    'undecided',
    'undecided',
    'later',
  ]);
  expect([0, 1, 2].map((row) => changeAt(people, row))).toEqual([-36, 520, null]);
});

test('the histogram counts every score once, 100.00 in the last band', () => {
  const bands = histogramOf(people);
  expect(bands.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect([bands[30], bands[42], bands[44], bands[49]]).toEqual([1, 2, 1, 1]);
});

test('a state narrows the list; trouble with a notice stands beside the other states', () => {
  expect(ids({ state: 'returned' })).toBe('a');
  expect(ids({ state: 'open' })).toBe('b');
  expect(ids({ state: 'notice' })).toBe('b');
  expect(ids({ state: 'undecided' })).toBe('cd');
  expect([...countStates(people)]).toEqual([
    ['returned', 1],
    ['open', 1],
    ['notice', 1],
    ['undecided', 2],
    ['later', 1],
    ['confirmed', 1],
  ]);
});
