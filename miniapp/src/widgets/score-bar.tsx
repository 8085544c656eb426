import type { ReactNode } from 'react';
import type { Thresholds } from '@shigang/shared/answers';
import { StackedBar, type BarPart } from './stacked-bar.tsx';

const FULL_HUNDREDTHS = 10_000;

/** A score as its parts on the scale of 100, with the model version's limits as marks below. */
export function ScoreBar({ parts, thresholds }: { parts: BarPart[]; thresholds: Thresholds }): ReactNode {
  return (
    <div className="score-bar">
      <StackedBar parts={parts} scale={FULL_HUNDREDTHS} height={24} />
      <svg className="marks n" height="18" aria-hidden="true">
        {[thresholds.trainHundredths, thresholds.transitionHundredths].map((limit) => (
          <g key={limit}>
            <rect className="f-line" x={`${limit / 100}%`} width="1" height="5" />
            <text x={`${limit / 100}%`} y="16">
              {limit / 100}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
