import type { TierCounts } from '../review/counts.ts';
import { dayName, periodName, periodShortName } from './format.ts';
import { salesRoleNames, tierNames, tiers, type SalesRole } from './words.ts';

/** Text of one work notice: title (the preview on a locked screen), body in DingTalk's markdown, one button. */
export interface NoticeText {
  readonly title: string;
  readonly markdown: string;
  readonly button: string;
}

export interface CyclePublishedFacts {
  readonly recipientName: string;
  readonly period: string;
  readonly role: SalesRole;
  /** Day in Shanghai. */
  readonly publishedOn: string;
  /** Counts of the people whom the recipient may see. */
  readonly counts: TierCounts;
  /** 1; 2 when the first wording was not delivered. */
  readonly wording: number;
}

/** Names are cut rather than let a message grow too long for DingTalk. */
const NAME_LENGTH = 24;

/** A name or title as a message can hold it: one line, not too long, nothing that markdown takes for a sign. */
export function clipped(text: string): string {
  const line = [...text.replace(/[\p{C}\s]+/gu, ' ').trim()].map((sign) => WIDE_SIGNS[sign] ?? sign);
  return line.length <= NAME_LENGTH ? line.join('') : `${line.slice(0, NAME_LENGTH - 1).join('')}…`;
}

/** Signs of markdown and what is written for them. */
const WIDE_SIGNS: Readonly<Record<string, string>> = {
  '*': '＊',
  '#': '＃',
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '`': '｀',
  '~': '～',
  '|': '｜',
  '\\': '＼',
};

/** The preview on a locked screen: dated, since DingTalk swallows equal texts. */
export const noticeTitle = (what: string, on: string): string => `${what}（${dayName(on, on)}）`;

/** What a message says that may have been sent before. */
export const sentAgain = (publishedOn: string, wording: number): string =>
  wording > 2
    ? `${dayName(publishedOn, publishedOn)}发布的结果，这是第 ${wording} 次发给你。`
    : `${dayName(publishedOn, publishedOn)}发布的结果，换个说法再发一次给你。`;

/**
 * HR's card of a published cycle: counts in the body, no figure in the title (docs/domain.md §5.4). Dated and
 * addressed by name, since DingTalk swallows a text that a person got before on the same day.
 */
export function cyclePublishedNotice(facts: CyclePublishedFacts): NoticeText {
  const { counts, period, publishedOn } = facts;
  const day = dayName(publishedOn, publishedOn);
  return {
    title: noticeTitle(`${periodShortName(period)}盘点已发布`, publishedOn),
    markdown: [
      `### ${periodShortName(period)}盘点已发布`,
      `${clipped(facts.recipientName)}，${periodName(period)}${salesRoleNames[facts.role]}的盘点已于 ${day}发布${reminder(facts)}。你能看到 ${peopleIn(counts)} 人：`,
      countLines(counts),
    ].join('\n\n'),
    button: '查看名单',
  };
}

export interface TeamSummaryFacts extends CyclePublishedFacts {
  /** Approvals that have gone out to the recipient. */
  readonly approvals: number;
}

/** A manager's one card of a published cycle: counts of the own reports, and the approvals that wait. */
export function teamSummaryNotice(facts: TeamSummaryFacts): NoticeText {
  const { counts, period, publishedOn, approvals } = facts;
  const day = dayName(publishedOn, publishedOn);
  return {
    title: noticeTitle(`你团队的${periodShortName(period)}盘点可以看了`, publishedOn),
    markdown: [
      `### 你团队的${periodShortName(period)}盘点`,
      `${clipped(facts.recipientName)}，${periodName(period)}${salesRoleNames[facts.role]}的盘点已于 ${day}发布${reminder(facts)}。你的团队有 ${peopleIn(counts)} 人：`,
      countLines(counts),
      approvals > 0 ? `有 ${approvals} 件转岗等你在钉钉里审批。` : '现在没有等你审批的转岗。',
      '每个人的结果已经单独发给本人，请只和本人谈。',
    ].join('\n\n'),
    button: '看团队',
  };
}

const reminder = ({ wording }: CyclePublishedFacts): string => {
  if (wording <= 1) return '';
  return wording === 2 ? '，再发一次提醒' : `，第 ${wording} 次提醒`;
};

const peopleIn = (counts: TierCounts): number =>
  tiers.reduce((sum, tier) => sum + counts[tier], counts.later);

/** The three tiers always stand there; the rest only where somebody is in it. */
function countLines(counts: TierCounts): string {
  const rows = [
    ...tiers.map((tier) => [tierNames[tier], counts[tier], tier !== 'insufficient_data'] as const),
    ['下次再议', counts.later, false] as const,
    ['已离职', counts.left, false] as const,
  ];
  return rows
    .filter(([, count, isAlways]) => isAlways || count > 0)
    .map(([name, count]) => `- ${name}：${count} 人`)
    .join('\n');
}
