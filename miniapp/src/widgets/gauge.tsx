import { fill, staffText, trimmed, twoDecimals, type Tier } from '@shigang/shared';
import type { Thresholds } from '@shigang/shared/answers';
import type { ReactNode } from 'react';

/** The arc runs over 240°, from −120° to +120° seen from the top; its ends are constants, so no sine is needed. */
const ARC = 'M20.7 85A50 50 0 1 1 107.3 85';
const SWEEP_DEGREES = 240;
const FULL_HUNDREDTHS = 10_000;

/** Degrees from the top of a score in hundredths, whole tenths. */
const angleOf = (hundredths: number): number =>
  Math.round((hundredths * SWEEP_DEGREES * 10) / FULL_HUNDREDTHS) / 10 - SWEEP_DEGREES / 2;

interface GaugeProps {
  scoreHundredths: number;
  /** Colours the arc; null: neutral blue. */
  tier: Tier | null;
  thresholds: Thresholds;
}

/** The match score on its scale, with the limits of the role-model version as notches. */
export function Gauge({ scoreHundredths, tier, thresholds }: GaugeProps): ReactNode {
  const notches = [thresholds.trainHundredths, thresholds.transitionHundredths];
  const label = fill(staffText['home.gaugeLabel'], {
    score: twoDecimals(scoreHundredths),
    train: trimmed(thresholds.trainHundredths),
    transition: trimmed(thresholds.transitionHundredths),
  });
  return (
    <svg className="gauge" viewBox="0 0 128 96" role="img" aria-label={label}>
      <path className="g-track" d={ARC} />
      {scoreHundredths > 0 ? (
        <path
          className={`g-value s-${tier ?? 'accent'}`}
          d={ARC}
          pathLength={FULL_HUNDREDTHS}
          stroke-dasharray={`${scoreHundredths} ${FULL_HUNDREDTHS * 2}`}
        />
      ) : null}
      {notches.map((notch) => (
        <g key={notch} transform={`rotate(${angleOf(notch)} 64 60)`}>
          <path className="g-notch" d="M64 4V17" />
          <text className="g-mark" transform={`rotate(${-angleOf(notch)} 64 -2)`} x="64" y="1">
            {trimmed(notch)}
          </text>
        </g>
      ))}
      <text className="g-score n" x="64" y="68">
        {twoDecimals(scoreHundredths)}
      </text>
      <text className="g-full" x="64" y="86">
        {staffText['home.outOf']}
      </text>
    </svg>
  );
}
