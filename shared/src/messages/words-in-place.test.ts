import { roleChangeForm, roleChangeFormValues, type RoleChangeFormFacts } from './approval-form.ts';
import { importIssueText } from './imports.ts';
import { jobRunText } from './job-runs.ts';
import { fileWords } from './screens/file-entry-text.ts';
import { fill } from './screens/screens.ts';

/* Sentences with their parts put in. */

const facts: RoleChangeFormFacts = {
  ...{ approvalId: 'a1', name: '张三', jobNumber: 'S001', departmentName: '中小客户一部' },
  ...{ fromRole: 'small_account', toRole: 'large_account', planName: '大客户激励方案' },
  ...{ consentText: '从次月 1 日起', reason: '连续四季达标', decidedByName: '周敏' },
};
const valueOf = (label: string, of: RoleChangeFormFacts): string | undefined =>
  roleChangeFormValues(of).find(({ name }) => name === label)?.value;

describe('form of an approval', () => {
  test('every field has its value, in the order of the form', () => {
    expect(roleChangeFormValues(facts).map(({ name }) => name)).toEqual(
      roleChangeForm.fields.map(({ label }) => label),
    );
    expect(valueOf('员工', facts)).toBe('张三（S001）');
    expect(valueOf('新岗位', facts)).toBe('大客户销售');
  });

  test('what is not known says so, since DingTalk refuses an empty field', () => {
    const bare = { ...facts, jobNumber: null, departmentName: null, planName: null, reason: null };
    const values = ['员工', '部门', '激励方案', '人力资源说明'].map((label) => valueOf(label, bare));
    expect(values).toEqual(['张三', '无', '无', '无']);
  });
});

test.each([
  [
    jobRunText.rebuildProfiles({ period: '2026Q3', role: 'large_account' }),
    '重算2026 年第三季度大客户销售能力画像',
  ],
  [jobRunText.computeCycle({ period: '2026Q3', role: 'large_account' }), '2026 年第三季度大客户销售盘点计算'],
  [jobRunText.profilesRebuilt({ employees: 20, metrics: 92 }), '已重算 20 人，92 个指标值。'],
  [jobRunText.cycleComputed({ people: 20 }), '已算完 20 人，可以开始盘点。'],
  [jobRunText.running(3, 20), '已完成 3 / 20 人。'],
  [jobRunText.running(3, null), '正在进行。'],
  [jobRunText.cancelled(0, 20), '已取消，没有开始。'],
  [jobRunText.cancelled(3, 20), '已取消，做完了 3 / 20 人。'],
  [jobRunText.cancelled(3, null), '已取消，做完了 3 人。'],
])('%s', (sentence, expected) => expect(sentence.replaceAll(/\s+/g, ' ')).toBe(expected));

test('parts of a sentence: put in where they are given, left or emptied where not', () => {
  expect(fill('{name} 还差 {n} 步', { name: '李四' })).toBe('李四 还差 {n} 步');
  expect(fileWords('step.effective.on', { day: '11月1日' })).toBe('11月1日生效');
  expect(fileWords('step.effective.on')).toBe('生效');
  expect(importIssueText('required', { field: '金额' })).toBe('“金额”没有填');
  expect(importIssueText('duplicate_in_file', { hint: '3' })).toBe('和第 3 行重复');
  expect(importIssueText('unknown_deal')).toBe('没有这个商机编号，请先导入成交');
});
