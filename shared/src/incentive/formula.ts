import { metricNames } from '../messages/metrics.ts';
import { divHalfUp, mulDivHalfUp } from '../rounding/half-up.ts';
import { FULL_SHARE_BP } from './credit-split.ts';
import type { DOCUMENT_FORMAT } from './document.ts';
import type { ClawbackLine, DealLine, IndexLine, IndexReading, Line, LineHead, RenewalLine } from './line.ts';
import { yuanText } from './yuan-text.ts';
import { attainmentOf } from './components/weighted-index-bonus.ts';

/**
 * The formulas of a group's lines with their numbers, e.g. `150,000.00 元 × 0.8% = 1,200.00 元`. Renderer of document
 * format 1: never edited once released (golden tests pin its texts), another wording is another format.
 */
export function renderFormulas(
  format: typeof DOCUMENT_FORMAT,
  group: { readonly head: LineHead; readonly lines: readonly Line[] },
): string[] {
  return renderers[format](group.head, group.lines);
}

/** The formula of one line, see {@link renderFormulas}. */
export const renderFormula = (format: typeof DOCUMENT_FORMAT, line: Line): string =>
  renderFormulas(format, { head: line.head, lines: [line] }).join('');

const renderers = { 1: renderFormat1 } as const;

function renderFormat1(head: LineHead, lines: readonly Line[]): string[] {
  // The middle of the text is the same for every line of a group: made once (measured, architecture "data path").
  const rate = ` × ${percent(head.price)}`;
  const equals = ` 元${rate} = `;
  return lines.map((line) => {
    switch (line.kind) {
      case 'revenue_commission':
        return line.shareBp === FULL_SHARE_BP
          ? yuanText(line.dealFen) + equals + yuanText(line.amountFen) + ' 元'
          : `${shareText(line, line.dealFen)}${rate} = ${yuan(line.amountFen)}`;
      case 'renewal_commission':
        return `${shareText(line, line.contractFen)}${rate} × ${line.years} 年 = ${yuan(line.amountFen)}`;
      case 'coordination_reward':
        return `已解决协作 1 次 × ${yuan(head.price)} = ${yuan(line.amountFen)}`;
      case 'satisfaction_bonus': {
        const mean = decimals(divHalfUp(line.sumTenths * 10, line.count), 100, 2);
        const sum = `${decimals(line.sumTenths, 10, 1)} 分 ÷ ${line.count} 条评价 = 平均 ${mean} 分`;
        return `${sum}，达到 ${scoreText(line.atLeastHundredths)} 分，奖励 ${yuan(line.amountFen)}`;
      }
      case 'weighted_index_bonus':
        return indexText(line);
      case 'clawback':
        return clawbackText(line);
    }
  });
}

/** `150,000.00 元`, or with the share: `45,000.00 元（150,000.00 元 × 归属 30%）`. */
function shareText(line: DealLine | RenewalLine, wholeFen: number): string {
  if (line.shareBp === FULL_SHARE_BP) return yuan(wholeFen);
  return `${yuan(line.shareFen)}（${yuan(wholeFen)} × 归属 ${percent(line.shareBp)}）`;
}

function indexText(line: IndexLine): string {
  const parts = line.readings.map(readingText).join(' + ');
  return `${yuan(line.head.price)} ×（${parts}）= ${yuan(line.amountFen)}`;
}

function readingText(reading: IndexReading): string {
  const name = reading.metric === 'revenue' ? '业绩' : metricNames[reading.metric];
  if (reading.valueTenThousandths === null) return `${name} ${reading.weight}% × 0（没有记录）`;
  const { numerator, denominator } = attainmentOf(reading);
  const attained = decimals(mulDivHalfUp(numerator, 10_000, denominator), 100, 2);
  return `${name} ${reading.weight}% × 达成 ${attained}%`;
}

function clawbackText(line: ClawbackLine): string {
  const taken = `已发 ${yuan(line.paidFen)} × 退款 ${yuan(line.refundedFen)} ÷ ${yuan(line.baseFen)}`;
  const before = line.clawedFen === 0 ? '' : ` − 此前已扣 ${yuan(line.clawedFen)}`;
  return `扣回 ${taken}${before} = ${yuan(line.amountFen)}`;
}

const yuan = (fen: number): string => `${yuanText(fen)} 元`;

/** Basis points as a percentage without trailing zeros: 80 → `0.8%`, 10,000 → `100%`. */
const percent = (bp: number): string => `${decimals(bp, 100, 2).replace(/\.?0+$/, '')}%`;

/** A threshold in hundredths with one decimal at least: 900 → `9.0`, 875 → `8.75`. */
const scoreText = (hundredths: number): string => decimals(hundredths, 100, 2).replace(/0$/, '');

const decimals = (scaled: number, unit: number, places: number): string =>
  `${Math.floor(scaled / unit)}.${String(scaled % unit).padStart(places, '0')}`;
