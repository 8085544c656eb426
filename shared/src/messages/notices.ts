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

/**
 * HR's card of a published cycle: counts in the body, no figure in the title (spec "review cycle: notices"). Dated and
 * addressed by name, since DingTalk swallows a text that a person got before on the same day.
 */
export function cyclePublishedNotice(facts: CyclePublishedFacts): NoticeText {
  const { counts, period, publishedOn } = facts;
  const day = dayName(publishedOn, publishedOn);
  const total = tiers.reduce((sum, tier) => sum + counts[tier], counts.later);
  const reminder = facts.wording > 1 ? '，再发一次提醒' : '';
  const rows = [
    ...tiers.map((tier) => [tierNames[tier], counts[tier], tier !== 'insufficient_data'] as const),
    ['下次再议', counts.later, false] as const,
    ['已离职', counts.left, false] as const,
  ];
  // The three tiers always stand there; the rest only where somebody is in it.
  const lines = rows
    .filter(([, count, isAlways]) => isAlways || count > 0)
    .map(([name, count]) => `- ${name}：${count} 人`);
  return {
    title: `${periodShortName(period)}盘点已发布（${day}）`,
    markdown: [
      `### ${periodShortName(period)}盘点已发布`,
      `${facts.recipientName}，${periodName(period)}${salesRoleNames[facts.role]}的盘点已于 ${day}发布${reminder}。你能看到 ${total} 人：`,
      lines.join('\n'),
    ].join('\n\n'),
    button: '查看名单',
  };
}
