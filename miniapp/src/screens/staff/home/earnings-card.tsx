import {
  componentNames,
  fill,
  money,
  moneyChange,
  moneyPlain,
  moneyShort,
  periodShortName,
  staffText,
} from '@shigang/shared';
import type { HomeStatement } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { componentColour } from '../../../widgets/component-colour.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { Empty } from '../../../staff/empty.tsx';
import { StackedBar } from '../../../widgets/stacked-bar.tsx';

interface EarningsCardProps {
  period: string;
  statement: HomeStatement | null;
  /** Whether the quarter is still going on. */
  isRunning: boolean;
}

/** The quarter's earnings as one number, its parts, and the old plan on the same scale. */
export function EarningsCard({ period, statement, isRunning }: EarningsCardProps): ReactNode {
  const heading = fill(staffText['home.earnings'], { period: periodShortName(period) });
  return (
    <section className="card" aria-labelledby="earnings">
      <div className="head">
        <h2 id="earnings">{heading}</h2>
        {statement ? <span className="tag">{staffText[`status.${statement.status}`]}</span> : null}
        {statement ? (
          <a className="link" href={paths.statement(period)}>
            <span>{staffText['home.details']}</span>
            <Icon name="right" size="x" />
          </a>
        ) : null}
      </div>
      {statement ? <Earnings statement={statement} isRunning={isRunning} /> : null}
      {statement ? null : (
        <Empty title={staffText['home.noStatement']} hint={staffText['home.noStatementHint']} />
      )}
    </section>
  );
}

function Earnings({ statement, isRunning }: { statement: HomeStatement; isRunning: boolean }): ReactNode {
  const { totalFen, previousTotalFen, oldPlan, components } = statement;
  const amount = money(totalFen);
  return (
    <>
      <p className="amount n">{amount}</p>
      <p className="changes">
        {previousTotalFen === null || isRunning ? null : (
          <span>
            <span>{staffText['home.againstPrevious']}</span>{' '}
            <b className="n">{moneyChange(totalFen - previousTotalFen)}</b>
          </span>
        )}
        {oldPlan === null ? null : (
          <span>
            <span>{fill(staffText['home.againstOld'], { plan: oldPlan.name })}</span>{' '}
            <b className="n">{moneyChange(totalFen - oldPlan.totalFen)}</b>
          </span>
        )}
      </p>
      <Comparison statement={statement} />
      <ul className="legend n">
        {components.map((part) => (
          <li key={part.component + part.kind}>
            <svg className={`dot f${componentColour(part.kind)}`} aria-hidden="true">
              <rect width="8" height="8" rx="2" />
            </svg>
            <span>{componentNames[part.kind].short}</span>
            <b>{moneyPlain(part.amountFen)}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Both plans on one scale; a screen reader gets the sentence instead of the bars. */
function Comparison({ statement }: { statement: HomeStatement }): ReactNode {
  const { totalFen, oldPlan, components } = statement;
  const parts = components.map((part) => ({
    key: part.component + part.kind,
    size: Math.max(part.amountFen, 0),
    colour: componentColour(part.kind),
  }));
  const earned = parts.reduce((sum, part) => sum + part.size, 0);
  const scale = Math.max(earned, oldPlan?.totalFen ?? 0);
  const named = components
    .map((part) => `${componentNames[part.kind].name}${money(part.amountFen)}`)
    .join('，');
  const label = fill(staffText[oldPlan ? 'home.barsOldLabel' : 'home.barsLabel'], {
    components: named,
    total: money(totalFen),
    plan: oldPlan?.name ?? '',
    old: money(oldPlan?.totalFen ?? 0),
  });
  if (scale === 0) return null;
  return (
    <div className="compare" role="img" aria-label={label}>
      <span>{staffText['home.newPlan']}</span>
      <StackedBar parts={parts} scale={scale} height={14} />
      <b className="n">{moneyShort(totalFen)}</b>
      {oldPlan ? <span>{oldPlan.name}</span> : null}
      {oldPlan ? (
        <StackedBar
          parts={[{ key: 'old', size: Math.max(oldPlan.totalFen, 0), colour: 5 }]}
          scale={scale}
          height={14}
        />
      ) : null}
      {oldPlan ? <span className="n">{moneyShort(oldPlan.totalFen)}</span> : null}
    </div>
  );
}
