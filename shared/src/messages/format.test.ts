import { metricValue } from '../metric/format.ts';
import { metricName } from './metrics.ts';
import {
  dayName,
  fullDayName,
  greeting,
  instantName,
  money,
  moneyChange,
  moneyPlain,
  moneyShort,
  percentOfBp,
  periodName,
  periodShortName,
  trimmed,
  twoDecimals,
  twoDecimalsChange,
  wholeNumber,
} from './format.ts';

const now = '2026-10-12T09:30:00+08:00';

test.each([
  [930000, '¥9,300.00'],
  [0, '¥0.00'],
  [5, '¥0.05'],
  [-164000, '−¥1,640.00'],
  [123456789012, '¥1,234,567,890.12'],
])('money(%d) is %s', (fen, text) => expect(money(fen)).toBe(text));

test('amounts in charts, without currency, and as differences', () => {
  expect(moneyShort(930000)).toBe('¥9,300');
  expect(moneyShort(930050)).toBe('¥9,300.50');
  expect(moneyPlain(-120000)).toBe('−1,200.00');
  expect([780000, -164000, 0].map(moneyChange)).toEqual(['+¥7,800.00', '−¥1,640.00', '¥0.00']);
});

test('scores, points, rates and counts', () => {
  expect([0, 999, 20000, 1234567].map(wholeNumber)).toEqual(['0', '999', '20,000', '1,234,567']);
  expect([8520, 0, 5, -62].map(twoDecimals)).toEqual(['85.20', '0.00', '0.05', '−0.62']);
  expect([642, -62, 0].map(twoDecimalsChange)).toEqual(['+6.42', '−0.62', '0.00']);
  expect([8000, 8250, 8205, 10000].map(trimmed)).toEqual(['80', '82.5', '82.05', '100']);
  expect(percentOfBp(80)).toBe('0.80%');
});

test.each([
  ['renewal_rate', 7500, '75%'],
  ['large_deal_win_rate', 1333, '13.33%'],
  ['satisfaction_avg', 92000, '9.2 分'],
  ['large_account_tenure_months', 185955, '18.6 个月'],
  ['collaboration_response_hours', 118103, '11.81 小时'],
  ['collaborations_per_month', 45833, '4.58 次'],
  ['large_followup_days', 250000, '25 天'],
  ['training_passed', 20000, '2 门'],
  ['assessment:insight', 820000, '82 分'],
  ['course:大客户需求洞察', 10000, '已通过'],
  ['course:大客户需求洞察', 0, '未通过'],
])('metricValue(%s, %d) is %s', (metric, value, text) => expect(metricValue(metric, value)).toBe(text));

test('periods, days and instants as people say them', () => {
  expect(periodName('2026Q3')).toBe('2026 年第三季度');
  expect(periodShortName('2025Q4')).toBe('第四季度');
  expect(periodName('2026-09')).toBe('2026 年 9 月');
  expect(dayName('2026-09-12', now)).toBe('9月12日');
  expect(dayName('2025-10-16', now)).toBe('2025年10月16日');
  expect(fullDayName('2026-09-18')).toBe('2026年9月18日');
  expect(instantName('2026-10-12T09:30:00+08:00', now)).toBe('今天 09:30');
  expect(instantName('2026-10-11T18:02:00+08:00', now)).toBe('昨天 18:02');
  expect(instantName('2026-10-09T16:20:00+08:00', now)).toBe('10月9日 16:20');
  expect(instantName('2025-12-31T16:20:00+08:00', now)).toBe('2025年12月31日 16:20');
});

test.each([
  ['03', '夜深了'],
  ['05', '上午好'],
  ['12', '中午好'],
  ['14', '下午好'],
  ['18', '晚上好'],
])('at %s o’clock people say %s', (hour, text) =>
  expect(greeting(`2026-10-12T${hour}:00:00+08:00`)).toBe(text),
);

test('metric names', () => {
  expect(metricName('satisfaction_avg')).toBe('客户满意度');
  expect(metricName('course:大客户需求洞察')).toBe('课程《大客户需求洞察》');
  expect(metricName('assessment:insight', '客户洞察')).toBe('客户洞察测评');
  expect(metricName('assessment:insight')).toBe('能力测评');
  expect(metricName('toString')).toBe('toString');
});
