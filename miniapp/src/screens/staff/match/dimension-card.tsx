import { fill, metricValue, staffText, supplyHints, twoDecimals } from '@shigang/shared';
import type { MatchDimension, MatchIndicator, MissingIndicator } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { AttainmentBar } from '../../../widgets/attainment-bar.tsx';
import { Icon } from '../../../widgets/icon.tsx';

interface DimensionCardProps {
  dimension: MatchDimension;
  missing: readonly MissingIndicator[];
  period: string;
}

/** A dimension with its indicators; each indicator opens the records behind it. */
export function DimensionCard({ dimension, missing, period }: DimensionCardProps): ReactNode {
  return (
    <section className="card flush">
      <header className="dimension">
        <h2>{dimension.name}</h2>
        <small>{fill(staffText['match.dimensionWeight'], { weight: dimension.weight })}</small>
        {dimension.scoreHundredths === null ? null : (
          <b className="n">
            {fill(staffText['match.dimensionScore'], { score: twoDecimals(dimension.scoreHundredths) })}
          </b>
        )}
      </header>
      {dimension.indicators.map((indicator) => (
        <IndicatorRow key={indicator.metric} indicator={indicator} missing={missing} period={period} />
      ))}
    </section>
  );
}

interface IndicatorRowProps {
  indicator: MatchIndicator;
  missing: readonly MissingIndicator[];
  period: string;
}

function IndicatorRow({ indicator, missing, period }: IndicatorRowProps): ReactNode {
  const { metric, evidenceCount } = indicator;
  const body = <IndicatorBody indicator={indicator} missing={missing} />;
  if (evidenceCount === 0) return <div className="indicator">{body}</div>;
  return (
    <a className="indicator" href={paths.evidence(metric, period)}>
      {body}
      <Icon name="right" size="x" />
    </a>
  );
}

function IndicatorBody({
  indicator,
  missing,
}: {
  indicator: MatchIndicator;
  missing: readonly MissingIndicator[];
}): ReactNode {
  const {
    metric,
    name,
    valueTenThousandths: value,
    pointsHundredths: points,
    fullPointsHundredths: full,
  } = indicator;
  const supply = missing.find((one) => one.metric === metric)?.suppliedBy;
  return (
    <div>
      <div className="pair">
        <h3>{name}</h3>
        {points === null || full === null ? null : (
          <span className="n">
            {fill(staffText['match.points'], { points: twoDecimals(points), full: twoDecimals(full) })}
          </span>
        )}
      </div>
      <AttainmentBar indicator={indicator} />
      <div className="pair n">
        <b>{value === null ? staffText['match.noValue'] : metricValue(metric, value)}</b>
        {value === null && supply ? <p>{supplyHints[supply]}</p> : <Context indicator={indicator} />}
      </div>
    </div>
  );
}

/** Target, team average and sample size; a piece never breaks inside. */
function Context({ indicator }: { indicator: MatchIndicator }): ReactNode {
  const { metric, targetTenThousandths, teamAverageTenThousandths: team, n } = indicator;
  const pieces = [
    fill(staffText['match.target'], { target: metricValue(metric, targetTenThousandths) }),
    team === null ? null : fill(staffText['match.team'], { team: metricValue(metric, team) }),
    fill(staffText['match.n'], { n }),
  ].filter((piece) => piece !== null);
  return (
    <p className="pieces">
      {pieces.map((piece) => (
        <span key={piece}>{piece}</span>
      ))}
    </p>
  );
}
