import {
  componentNames,
  fill,
  money,
  monthsOfPeriod,
  periodName,
  staffText,
  type Period,
} from '@shigang/shared';
import type { StatementAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { componentColour } from '../../../widgets/component-colour.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { StackedBar } from '../../../widgets/stacked-bar.tsx';

const HINTS = {
  open: staffText['statement.openHint'],
  locked: staffText['statement.lockedHint'],
  paid: staffText['statement.paidHint'],
} as const;

/** The period, its total, and how it is made up. */
export function SummaryCard({ answer }: { answer: StatementAnswer }): ReactNode {
  const { totalFen, status, oldPlan } = answer;
  return (
    <section className="card">
      <div className="steps">
        <PeriodSteps answer={answer} />
        <ViewSwitch answer={answer} />
      </div>
      <div className="total">
        <p className="n">{money(totalFen)}</p>
        <span className="tag">{staffText[`status.${status}`]}</span>
      </div>
      <p className="hint">{HINTS[status]}</p>
      {oldPlan ? (
        <p className="hint n">
          {fill(staffText['statement.old'], { plan: oldPlan.name, amount: money(oldPlan.totalFen) })}
        </p>
      ) : null}
      <Shares answer={answer} />
    </section>
  );
}

/** Links to the period before and after, as far as there are statements. */
function PeriodSteps({ answer }: { answer: StatementAnswer }): ReactNode {
  const { period } = answer;
  const known = isMonth(period) ? answer.periods.flatMap((one) => monthsOf(one).reverse()) : answer.periods;
  const position = known.indexOf(period);
  return (
    <div className="period">
      <Step to={known[position + 1]} name="left" label={staffText['statement.previous']} />
      <strong>{periodName(period)}</strong>
      <Step
        to={position > 0 ? known[position - 1] : undefined}
        name="right"
        label={staffText['statement.next']}
      />
    </div>
  );
}

function Step({
  to,
  name,
  label,
}: {
  to: string | undefined;
  name: 'left' | 'right';
  label: string;
}): ReactNode {
  if (to === undefined) return <span className="step" />;
  return (
    <a className="step" href={paths.statement(to)} aria-label={label}>
      <Icon name={name} size="s" />
    </a>
  );
}

function ViewSwitch({ answer }: { answer: StatementAnswer }): ReactNode {
  const { period, quarter } = answer;
  const month = isMonth(period) ? period : (monthsOf(quarter).at(-1) ?? quarter);
  return (
    <nav className="switch" aria-label={staffText['statement.view']}>
      <a href={paths.statement(month)} aria-current={isMonth(period) ? 'page' : undefined}>
        {staffText['statement.month']}
      </a>
      <a href={paths.statement(quarter)} aria-current={isMonth(period) ? undefined : 'page'}>
        {staffText['statement.quarter']}
      </a>
    </nav>
  );
}

/** The parts as one bar, with each part's share in words below it. */
function Shares({ answer }: { answer: StatementAnswer }): ReactNode {
  const groups = answer.groups.filter((group) => group.amountFen > 0);
  const whole = groups.reduce((sum, group) => sum + group.amountFen, 0);
  if (whole === 0) return null;
  const parts = groups.map((group) => ({
    key: group.component + group.kind,
    size: group.amountFen,
    colour: componentColour(group.kind),
    words: fill(staffText['statement.part'], {
      name: componentNames[group.kind].short,
      percent: Math.round((group.amountFen * 100) / whole),
    }),
  }));
  return (
    <div
      className="shares"
      role="img"
      aria-label={fill(staffText['statement.barLabel'], {
        parts: parts.map(({ words }) => words).join('，'),
      })}
    >
      <StackedBar parts={parts} scale={whole} height={24} />
      <ul className="n">
        {parts.map(({ key, colour, words }) => (
          <li key={key}>
            <svg className={`dot f${colour}`}>
              <rect width="8" height="8" rx="2" />
            </svg>
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const isMonth = (period: string): boolean => period[4] === '-';
const monthsOf = (quarter: string): string[] => monthsOfPeriod(quarter as Period);
