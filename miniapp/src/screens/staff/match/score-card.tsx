import { fullDayName, fill, staffText, trimmed, twoDecimals } from '@shigang/shared';
import type { MatchDimension, MatchExplanation } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { ScoreBar } from '../../../widgets/score-bar.tsx';
import { TierChip } from '../../../widgets/tier-chip.tsx';

/** Colours of dimensions, in the model's order: as far apart as the components' first, third and fourth. */
const COLOURS = [1, 3, 4, 2, 5];

/** The score, the model it is measured against, and its dimensions as one bar. */
export function ScoreCard({ explanation }: { explanation: MatchExplanation }): ReactNode {
  const { model, scoreHundredths, coverageHundredths, tier, windowFrom, windowTo } = explanation;
  return (
    <section className="card">
      <p className="hint">
        {fill(staffText['match.against'], { model: model.name, version: model.version })}
      </p>
      {scoreHundredths === null ? null : (
        <div className="total">
          <p className="n">{twoDecimals(scoreHundredths)}</p>
          {tier ? <TierChip tier={tier} /> : null}
        </div>
      )}
      <p className="hint n">
        <span>
          {fill(staffText['match.window'], { from: fullDayName(windowFrom), to: fullDayName(windowTo) })}
        </span>
        {coverageHundredths === null ? null : (
          <span>{` · ${fill(staffText['match.coverage'], { coverage: trimmed(coverageHundredths) })}`}</span>
        )}
      </p>
      {scoreHundredths === null ? null : (
        <Parts explanation={explanation} scoreHundredths={scoreHundredths} />
      )}
    </section>
  );
}

function Parts({
  explanation,
  scoreHundredths,
}: {
  explanation: MatchExplanation;
  scoreHundredths: number;
}): ReactNode {
  const parts = explanation.dimensions.map((dimension, position) => ({
    key: dimension.id,
    size: pointsOf(dimension),
    colour: COLOURS[position % COLOURS.length] ?? 5,
    words: fill(staffText['match.part'], { name: dimension.name, points: twoDecimals(pointsOf(dimension)) }),
  }));
  const label = fill(staffText['match.barLabel'], {
    parts: parts.map(({ words }) => words).join('，'),
    score: twoDecimals(scoreHundredths),
  });
  return (
    <div className="shares" role="img" aria-label={label}>
      <ScoreBar parts={parts} thresholds={explanation.thresholds} />
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
      <p className="hint">{staffText['match.howSum']}</p>
    </div>
  );
}

/** A dimension's share of the score: the sum of its indicators' points. */
const pointsOf = (dimension: MatchDimension): number =>
  dimension.indicators.reduce((sum, one) => sum + (one.pointsHundredths ?? 0), 0);
