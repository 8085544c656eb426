import {
  dayName,
  fill,
  metricNames,
  metricValue,
  money,
  percentOfBp,
  recordNames,
  staffText,
  trimmed,
} from '@shigang/shared';
import type { StatementLine } from '@shigang/shared/answers';

/** One factor of a formula: its sign before it, its number, what it is. A factor never breaks inside. */
export interface Factor {
  sign: '' | '×' | '÷' | '−' | '→';
  value: string;
  label: string;
}

/** The inputs of a line by name; absent ones are 0 in amounts that are left out. */
type Inputs = Readonly<Record<string, number | undefined>>;
const inputsOf = (line: StatementLine): Inputs =>
  Object.fromEntries(line.inputs.map(({ name, value }) => [name, value]));
const at = (inputs: Inputs, name: string): number => inputs[name] ?? 0;
const FULL_SHARE_BP = 10_000;

/** Ten-thousandths → at most two decimals. */
const mean = (inputs: Inputs): string => trimmed(Math.round(at(inputs, 'meanTenThousandths') / 100));

/** What the line is about, in a person's words. */
export function lineTitle(line: StatementLine): string {
  const inputs = inputsOf(line);
  if (line.kind === 'satisfaction_bonus') {
    const score = trimmed(at(inputs, 'atLeastHundredths'));
    return fill(staffText['line.meanTitle'], { mean: mean(inputs), score });
  }
  if (line.kind === 'weighted_index_bonus') {
    return fill(staffText['line.indexTitle'], { count: readingsOf(line).length });
  }
  return line.source.label || `${recordNames[line.source.kind]} ${line.source.id}`;
}

/** The day that prices the line, after a dot. */
export const lineDay = (line: StatementLine, nowAt: string): string => ` · ${dayName(line.anchorOn, nowAt)}`;

/** The formula in short, e.g. `¥150,000.00 × 0.80%`. */
export function lineNote(line: StatementLine): string {
  const inputs = inputsOf(line);
  switch (line.kind) {
    case 'satisfaction_bonus':
      return fill(staffText['line.meanNote'], { n: at(inputs, 'n') });
    case 'coordination_reward':
      return staffText['line.solved'];
    case 'weighted_index_bonus':
      return fill(staffText['line.indexNote'], { base: money(at(inputs, 'baseFen')) });
    case 'clawback':
      return fill(staffText['line.clawbackNote'], { refunded: money(at(inputs, 'refundedFen')) });
    case 'revenue_commission':
    case 'renewal_commission':
      // A factor stays whole: its number and unit are joined by a space that does not break.
      return factorsOf(line)
        .filter(({ label, value }) => label !== staffText['line.share'] || value !== shareOf(FULL_SHARE_BP))
        .map(({ sign, value }) => `${sign} ${value}`.trim().replaceAll(' ', '\u00a0'))
        .join(' ');
    default:
      return line.formula;
  }
}

/** Shares are whole percents more often than not; rates keep their two decimals. */
const shareOf = (bp: number): string => `${trimmed(bp)}%`;

const factor = (sign: Factor['sign'], value: string, label: string): Factor => ({ sign, value, label });

/** The factors of a line in their order; empty where the formula's text must do. */
export function factorsOf(line: StatementLine): Factor[] {
  const inputs = inputsOf(line);
  const isRenewal = line.kind === 'renewal_commission';
  switch (line.kind) {
    case 'revenue_commission':
    case 'renewal_commission':
      return [
        factor(
          '',
          money(at(inputs, 'amountFen')),
          staffText[isRenewal ? 'line.contractAmount' : 'line.dealAmount'],
        ),
        factor('×', shareOf(at(inputs, 'shareBp')), staffText['line.share']),
        factor('×', percentOfBp(at(inputs, 'rateBp')), staffText['line.rate']),
        ...(isRenewal
          ? [
              factor(
                '×',
                fill(staffText['line.years'], { years: at(inputs, 'years') }),
                staffText['line.yearsLabel'],
              ),
            ]
          : []),
      ];
    case 'coordination_reward':
      return [
        factor('', fill(staffText['line.once'], { n: at(inputs, 'n') }), staffText['line.onceLabel']),
        factor('×', money(at(inputs, 'eachFen')), staffText['line.each']),
      ];
    case 'satisfaction_bonus':
      return satisfactionFactors(inputs);
    case 'clawback':
      return clawbackFactors(inputs);
    default:
      return [];
  }
}

function satisfactionFactors(inputs: Inputs): Factor[] {
  const score = trimmed(at(inputs, 'atLeastHundredths'));
  return [
    factor(
      '',
      fill(staffText['line.mean'], { mean: mean(inputs) }),
      fill(staffText['line.meanLabel'], { n: at(inputs, 'n') }),
    ),
    factor('→', fill(staffText['line.atLeast'], { score }), staffText['line.atLeastLabel']),
    factor('→', money(at(inputs, 'stepFen')), staffText['line.step']),
  ];
}

function clawbackFactors(inputs: Inputs): Factor[] {
  const before = at(inputs, 'clawedFen');
  return [
    factor('', money(at(inputs, 'paidFen')), staffText['line.paid']),
    factor('×', money(at(inputs, 'refundedFen')), staffText['line.refunded']),
    factor('÷', money(at(inputs, 'baseFen')), staffText['line.refundBase']),
    ...(before === 0 ? [] : [factor('−', money(before), staffText['line.clawed'])]),
  ];
}

/** One indicator of an index bonus as a row: its weight, and what was measured against the target. */
export interface Reading {
  metric: string;
  weight: string;
  text: string;
}

export function readingsOf(line: StatementLine): Reading[] {
  const inputs = inputsOf(line);
  const metrics = line.inputs
    .filter(({ unit }) => unit === 'weight')
    .map(({ name }) => name.slice(0, -'.weight'.length));
  return metrics.map((metric) => {
    const name =
      metric === 'revenue'
        ? staffText['line.revenue']
        : (metricNames[metric as keyof typeof metricNames] ?? metric);
    const value = inputs[`${metric}.valueTenThousandths`];
    const params = {
      name,
      value: shown(metric, value ?? 0),
      target: shown(metric, at(inputs, `${metric}.targetTenThousandths`)),
    };
    return {
      metric,
      weight: fill(staffText['line.weight'], { weight: at(inputs, `${metric}.weight`) }),
      text: fill(staffText[value === undefined ? 'line.readingNone' : 'line.reading'], params),
    };
  });
}

/** Revenue is measured in fen, kept with four decimals like every value. */
const shown = (metric: string, tenThousandths: number): string =>
  metric === 'revenue' ? money(Math.round(tenThousandths / 10_000)) : metricValue(metric, tenThousandths);
