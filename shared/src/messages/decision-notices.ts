import { growsByTime, metricValue, tellsSample } from '../metric/format.ts';
import { dayName, fullDayName, periodShortName, twoDecimals } from './format.ts';
import { clipped, noticeTitle, sentAgain, type NoticeText } from './notices.ts';
import { stayTitles, supplyHints } from './screens/screens.ts';
import { salesRoleNames, type SalesRole, type Tier } from './words.ts';

/** One measured number as a notice names it. */
export interface NoticeReading {
  readonly metric: string;
  readonly name: string;
  /** Ten-thousandths. */
  readonly value: number;
  readonly target: number;
  /** Which way is better. */
  readonly direction: 'up' | 'down';
  /** Sample size. */
  readonly n: number;
}

/** What both have to agree to before another role takes effect. Days in Shanghai. */
export interface NoticeConsent {
  /** Last day of the reply period. */
  readonly dueOn: string;
  /** The first day on which it could take effect. */
  readonly earliestOn: string;
  /** The day D that HR gave. */
  readonly notBefore: string | null;
  /** Pay plan of the offered role; null: none applies. */
  readonly planName: string | null;
  /** Null: nobody can be asked. */
  readonly approverName: string | null;
}

/** All that a person's notice of a decision is made of: plain JSON, the person's own figures alone. */
export interface DecisionNoticeFacts {
  readonly recipientName: string;
  readonly period: string;
  /** Role of the model that the figures were held against. */
  readonly role: SalesRole;
  /** Day in Shanghai on which it is told. */
  readonly publishedOn: string;
  readonly tier: Tier;
  readonly presentRole: SalesRole;
  /** The role offered; null where the decision leads to none or to going on in the present one. */
  readonly offeredRole: SalesRole | null;
  readonly scoreHundredths: number | null;
  /** Of the quarter before, as far as it was published. */
  readonly previousScoreHundredths: number | null;
  /** At most two. */
  readonly strengths: readonly NoticeReading[];
  readonly gap: NoticeReading | null;
  /** The requirement that alone keeps somebody from going over at once. */
  readonly required: { readonly metric: string; readonly name: string; readonly atLeast: number } | null;
  /** Null where nobody's agreement is asked for. */
  readonly consent: NoticeConsent | null;
  readonly training: { readonly courses: readonly string[]; readonly dueOn: string } | null;
  readonly missing: readonly { readonly name: string; readonly suppliedBy: keyof typeof supplyHints }[];
  /** Offers of this cycle that the person was told of before and that this one replaces. */
  readonly earlierOffers: number;
  /** 1; more when it is sent again in other words. */
  readonly wording: number;
}

/** The text of a decision: the card, and the same sentences for the app's own page. */
export interface DecisionNotice extends NoticeText {
  /** A whole sentence without a figure. */
  readonly headline: string;
  readonly summary: string;
  /** At most three, with figures and targets. */
  readonly reasons: readonly string[];
  /** Of each reason, whether it names a target that is reached; else it is something that can still grow. */
  readonly reached: readonly boolean[];
  readonly nextStep: string;
}

/** What one works on in a role, as sentences name it. */
const workNames: Readonly<Record<SalesRole, string>> = {
  small_account: '中小客户',
  large_account: '大客户',
  sales_support: '销售支持',
};

const COURSES_NAMED = 3;
const MISSING_NAMED = 3;

/**
 * A person's notice of a decision, in the words of an encouraging colleague (docs/domain.md §5.4): strengths
 * first, at most three reasons, the next step. Nothing of score or tier in the title, nobody else's figures anywhere.
 * Dated and personal, and in other words when it is sent again, since DingTalk swallows a text that a person got before.
 */
export function decisionNotice(facts: DecisionNoticeFacts): DecisionNotice {
  const headline = headlineOf(facts);
  const summary = summaryOf(facts);
  const reasons = reasonsOf(facts);
  const nextStep = nextStepOf(facts);
  const isAgain = facts.wording > 1;
  const name = clipped(facts.recipientName);
  const opening = `### ${name}，${headline}`;
  const list = reasons.map((reason) => `- ${reason}`).join('\n');
  const step = isAgain ? `**接下来** ${nextStep}` : `**下一步** ${nextStep}`;
  const parts = isAgain
    ? [opening, sentAgain(facts.publishedOn, facts.wording), summary, step, list]
    : [opening, ...newOffer(facts), summary, list, step];
  return {
    title: titleOf(facts),
    markdown: parts.filter((part) => part !== '').join('\n\n'),
    button: facts.consent ? '说说我的想法' : facts.training ? '看看学习计划' : '看看依据',
    ...{ headline, summary, reasons, nextStep },
    reached: reasons.map((_, at) => isReachedAt(facts, at)),
  };
}

function titleOf(facts: DecisionNoticeFacts): string {
  const quarter = periodShortName(facts.period);
  if (facts.wording > 1) return noticeTitle(`${quarter}盘点有你的一份结果，请看`, facts.publishedOn);
  const what = facts.earlierOffers > 0 ? '有新的安排了' : '可以看了';
  return noticeTitle(`你的${quarter}盘点${what}`, facts.publishedOn);
}

/** An offer made again says so: its figures may be the same as before. */
const newOffer = ({ earlierOffers }: DecisionNoticeFacts): string[] =>
  earlierOffers > 0 ? [`这是第 ${earlierOffers + 1} 次安排，替换之前的那一份。`] : [];

function headlineOf({ tier, role, presentRole, offeredRole }: DecisionNoticeFacts): string {
  const work = workNames[role];
  switch (tier) {
    case 'transition':
      if (offeredRole === null && presentRole === role) return `${work}这一块，你做得很稳`;
      return role === 'sales_support' ? '你可以做销售支持了' : `你可以接${work}了`;
    case 'train':
      return presentRole === role ? `再学一课，${work}会更顺手` : `离${work}只差一步`;
    case 'reassign':
      return offeredRole === null ? stayTitles[presentRole] : '我们想和你聊聊更适合你的岗位';
    case 'insufficient_data':
      return '再攒一点数据，就能看到匹配度';
  }
}

function summaryOf(facts: DecisionNoticeFacts): string {
  const { tier, offeredRole, presentRole } = facts;
  switch (tier) {
    case 'transition':
      return `${scoreSentence(facts)}${
        offeredRole === null
          ? `继续负责${salesRoleNames[presentRole]}。`
          : `我们建议你转为${salesRoleNames[offeredRole]}。`
      }`;
    case 'train':
      return `${scoreSentence(facts)}底子很好，再往前走一步就到了。`;
    case 'reassign':
      return `${strengthSentence(facts)}${
        offeredRole === null
          ? `这一季我们建议你继续做${salesRoleNames[presentRole]}，把长处用足。`
          : `我们建议的岗位是${salesRoleNames[offeredRole]}。`
      }`;
    case 'insufficient_data':
      return '这一季的记录还不够算出匹配度，补上就能看到。';
  }
}

/** The score with what it gained; a score that did not grow stands alone. */
function scoreSentence({ scoreHundredths, previousScoreHundredths }: DecisionNoticeFacts): string {
  if (scoreHundredths === null) return '';
  const gained = previousScoreHundredths === null ? 0 : scoreHundredths - previousScoreHundredths;
  const growth = gained > 0 ? `，比上季提高 ${twoDecimals(gained)}` : '';
  return `这一季你的匹配度是 ${twoDecimals(scoreHundredths)}${growth}。`;
}

function strengthSentence({ strengths }: DecisionNoticeFacts): string {
  if (strengths.length === 0) return '';
  const named = strengths.map((one) => `${clipped(one.name)} ${metricValue(one.metric, one.value)}`);
  return `你的长处是${named.join('、')}。`;
}

function reasonsOf(facts: DecisionNoticeFacts): string[] {
  if (facts.tier === 'insufficient_data') return missingOf(facts);
  const reasons = facts.strengths.slice(0, 2).map(strengthReason);
  if (facts.tier === 'train' && facts.required) return [...reasons, requiredReason(facts.required)];
  return facts.gap ? [...reasons, gapReason(facts.gap)] : reasons;
}

/** What is missing and how to supply it; of many the first ones. */
function missingOf({ missing }: DecisionNoticeFacts): string[] {
  return missing.slice(0, MISSING_NAMED).map(({ name, suppliedBy }, index) => {
    const others = missing.length - MISSING_NAMED;
    const isLast = index === MISSING_NAMED - 1;
    const more = isLast && others > 0 ? `；另有 ${others} 项见“看看依据”` : '';
    return `还差“${clipped(name)}”，${supplyHints[suppliedBy]}${more}`;
  });
}

const measured = (one: NoticeReading): string =>
  `${clipped(one.name)} ${metricValue(one.metric, one.value)}${countOf(one)}`;

/** A sample size where records were counted; a course passed or time in a role has none worth naming. */
const countOf = ({ metric, n }: NoticeReading): string => (n > 0 && tellsSample(metric) ? `（${n} 条）` : '');

/** Strengths stand first; whatever comes behind them is not reached yet. */
function isReachedAt({ tier, strengths }: DecisionNoticeFacts, at: number): boolean {
  const strength = strengths.slice(0, 2)[at];
  return tier !== 'insufficient_data' && strength !== undefined && isReached(strength);
}

const isReached = ({ value, target, direction }: NoticeReading): boolean =>
  direction === 'up' ? value >= target : value <= target;

function strengthReason(one: NoticeReading): string {
  const target = metricValue(one.metric, one.target);
  if (one.value === one.target) return `${measured(one)}，达到岗位目标`;
  if (!isReached(one)) return `${measured(one)}，岗位目标 ${target}`;
  return one.direction === 'up'
    ? `${measured(one)}，超过岗位目标 ${target}`
    : `${measured(one)}，好于岗位目标 ${target}`;
}

function gapReason(gap: NoticeReading): string {
  const limit = gap.direction === 'down' ? '以内' : '';
  const time = growsByTime(gap.metric) ? '，会随时间增长' : '';
  return `还能更好：${measured(gap)}，岗位目标 ${metricValue(gap.metric, gap.target)}${limit}${time}`;
}

const requiredReason = ({ metric, name, atLeast }: NonNullable<DecisionNoticeFacts['required']>): string =>
  `${clipped(name)}满 ${metricValue(metric, atLeast)}，就可以直接转型`;

function nextStepOf(facts: DecisionNoticeFacts): string {
  const { tier, presentRole, consent, training, gap, missing, publishedOn } = facts;
  if (consent) return consentStep(consent, { tier, publishedOn });
  const work = workNames[presentRole];
  switch (tier) {
    case 'transition':
      return `继续做你现在的${work}，岗位和激励方案都不变。`;
    case 'train':
      if (training && training.courses.length > 0)
        return `先继续做你擅长的${work}，同时完成${courseNames(training.courses)}，${dayName(training.dueOn, publishedOn)}前。通过后，下季可以重新测评。`;
      return `先继续做你擅长的${work}${gap ? `，从“${clipped(gap.name)}”开始提高` : ''}。下季会重新测评。`;
    case 'reassign':
      return `继续做你擅长的${work}，岗位和激励方案都不变。${
        gap ? `想再往前一步，可以从“${clipped(gap.name)}”开始，` : ''
      }有想法随时找主管或 HR 聊。`;
    case 'insufficient_data':
      return missing.length > 0
        ? '把上面几项补上，下季就能看到匹配度。现在的工作照常。'
        : '在岗的时间再长一些，下季就能看到匹配度。现在的工作照常。';
  }
}

function consentStep(
  consent: NoticeConsent,
  { tier, publishedOn }: { tier: Tier; publishedOn: string },
): string {
  const { dueOn, earliestOn, planName, approverName } = consent;
  const manager = approverName === null ? '主管' : clipped(approverName);
  const approval =
    tier === 'reassign'
      ? `你同意之后才会请${manager}审批，没有回复不算同意，现在的工作照常。`
      : `${manager}在钉钉里审批，没有回复不算同意。`;
  const plan = planName === null ? '' : `，激励同一天按“${clipped(planName)}”计算`;
  const earliest = dayName(earliestOn, publishedOn);
  return `${dayName(dueOn, publishedOn)}前说说你的想法。${approval}双方都同意后，从次月 1 日起生效，最早 ${earliest}${plan}。`;
}

function courseNames(courses: readonly string[]): string {
  const named = courses.slice(0, COURSES_NAMED).map((course) => `《${clipped(course)}》`);
  return courses.length > COURSES_NAMED ? `${named.join('')}等 ${courses.length} 门课程` : named.join('');
}

/** What a person agrees to by answering 我愿意. */
export interface ConsentFacts {
  readonly recipientName: string;
  readonly toRole: SalesRole;
  /** Pay plan of the role; null: none applies. */
  readonly plan: { readonly name: string; readonly version: number } | null;
  /** The day D that HR gave. */
  readonly notBefore: string | null;
}

/** The exact text that a person answers to; it is kept by its hash (docs/domain.md §5.2). */
export function consentText({ recipientName, toRole, plan, notBefore }: ConsentFacts): string {
  const floor = notBefore === null ? '' : `，不早于 ${fullDayName(notBefore)}`;
  const pay =
    plan === null
      ? '现在没有适用于这个岗位的激励方案。'
      : `从生效那天起，激励按“${plan.name}”第 ${plan.version} 版计算。`;
  return [
    `${recipientName}转为${salesRoleNames[toRole]}。`,
    `本人回复“我愿意”、主管审批同意，两者都有之后，从较晚一天的次月 1 日起生效${floor}。`,
    pay,
    '没有回复不算同意，岗位和激励方案都不变。',
  ].join('');
}
