import { cyclePublishedNotice, type CyclePublishedFacts } from './notices.ts';

const facts: CyclePublishedFacts = {
  recipientName: '周敏',
  period: '2026Q3',
  role: 'large_account',
  publishedOn: '2026-10-12',
  counts: { transition: 5, train: 8, reassign: 7, insufficient_data: 0, later: 0, left: 0 },
  wording: 1,
};

test("HR's card: no figure of the tiers in the title, the counts in the body", () => {
  const text = cyclePublishedNotice(facts);
  expect(text.title).toBe('第三季度盘点已发布（10月12日）');
  expect(text.markdown).toContain('周敏，2026 年第三季度大客户销售的盘点已于 10月12日发布。你能看到 20 人：');
  expect(text.markdown).toContain('- 直接转型：5 人\n- 培训后转型：8 人\n- 调整岗位：7 人');
  expect(text.markdown).not.toContain('数据不足');
  expect(text.button).toBe('查看名单');
});

test('empty tiers stay, other groups show only where somebody is in them', () => {
  const counts = { transition: 0, train: 0, reassign: 0, insufficient_data: 2, later: 1, left: 3 };
  const { markdown } = cyclePublishedNotice({ ...facts, counts });
  expect(markdown).toContain('你能看到 3 人');
  expect(markdown).toContain('- 直接转型：0 人');
  expect(markdown).toContain('- 数据不足：2 人\n- 下次再议：1 人\n- 已离职：3 人');
});

test('the second wording differs, so that DingTalk does not swallow it', () => {
  expect(cyclePublishedNotice({ ...facts, wording: 2 }).markdown).not.toBe(
    cyclePublishedNotice(facts).markdown,
  );
});
