import { fill, growsByTime, metricValue, staffText, twoDecimals, twoDecimalsChange } from '@shigang/shared';
import type { MatchExplanation, MatchIndicator } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';

const SHOWN = 3;

interface Gain {
  indicator: MatchIndicator;
  gainHundredths: number;
}

/** Which indicators would move the score most if they reached their targets. */
export function BestCard({
  explanation,
  period,
}: {
  explanation: MatchExplanation;
  period: string;
}): ReactNode {
  const gains = explanation.dimensions
    .flatMap((dimension) => dimension.indicators)
    .map((indicator) => ({ indicator, gainHundredths: gainOf(indicator) }))
    .filter(({ gainHundredths }) => gainHundredths > 0)
    .sort((a, b) => b.gainHundredths - a.gainHundredths);
  // What only time can bring is told apart from what one can work on.
  const byTime = gains.find(({ indicator }) => growsByTime(indicator.metric));
  const best = gains.filter((gain) => gain !== byTime).slice(0, SHOWN);
  if (best.length === 0) return null;
  return (
    <section className="card">
      <div className="head best">
        <h2>{staffText['match.best']}</h2>
        <small>{staffText['match.bestHint']}</small>
      </div>
      <ul className="gains">
        {best.map((gain) => (
          <GainRow
            key={gain.indicator.metric}
            gain={gain}
            scale={best[0]?.gainHundredths ?? 1}
            period={period}
          />
        ))}
      </ul>
      {byTime ? (
        <p className="hint">
          {fill(staffText['match.bestTime'], {
            name: byTime.indicator.name,
            points: twoDecimals(byTime.gainHundredths),
          })}
        </p>
      ) : null}
    </section>
  );
}

const gainOf = ({ fullPointsHundredths, pointsHundredths }: MatchIndicator): number =>
  (fullPointsHundredths ?? 0) - (pointsHundredths ?? 0);

function GainRow({ gain, scale, period }: { gain: Gain; scale: number; period: string }): ReactNode {
  const { metric, name, valueTenThousandths, targetTenThousandths } = gain.indicator;
  const step = fill(staffText['match.bestStep'], {
    value: metricValue(metric, valueTenThousandths ?? 0),
    target: metricValue(metric, targetTenThousandths),
  });
  return (
    <li>
      <a href={paths.evidence(metric, period)}>
        <div>
          <h3>{name}</h3>
          <p className="n">{step}</p>
        </div>
        <svg className="bar" height="8" aria-hidden="true">
          <rect className="f-track" width="100%" height="8" />
          <rect
            className="f-accent"
            width={`${Math.round((gain.gainHundredths * 100) / scale)}%`}
            height="8"
          />
        </svg>
        <b className="n">{twoDecimalsChange(gain.gainHundredths)}</b>
      </a>
    </li>
  );
}
