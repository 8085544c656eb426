import { paperText, fill, fullDayName, metricValue, trimmed, twoDecimals } from '@shigang/shared';
import type { MatchDimension, MatchExplanation, MatchIndicator } from '@shigang/shared/answers';
import type { ReactNode } from 'react';

const COLUMNS = [
  paperText['paper.dimension'],
  paperText['paper.indicator'],
  paperText['paper.value'],
  paperText['paper.range'],
  paperText['paper.team'],
  paperText['paper.n'],
  paperText['paper.attainment'],
  paperText['paper.full'],
  paperText['paper.points'],
];

/** How the score adds up, every figure in words and numbers: nothing on paper depends on colour. */
export function PaperScore({ explanation }: { explanation: MatchExplanation }): ReactNode {
  const { model, windowFrom, windowTo, dimensions, scoreHundredths, coverageHundredths, thresholds } =
    explanation;
  return (
    <section aria-labelledby="score">
      <div className="paper-title">
        <h2 id="score">{paperText['paper.score']}</h2>
        <p>
          {fill(paperText['paper.scoreHint'], {
            model: model.name,
            version: model.version,
            from: fullDayName(windowFrom),
            to: fullDayName(windowTo),
          })}
        </p>
      </div>
      <div className="scroll" tabIndex={0} role="group" aria-labelledby="score">
        <table className="n">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{dimensions.flatMap(rowsOf)}</tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={6}>
                {fill(paperText['paper.total'], {
                  train: trimmed(thresholds.trainHundredths),
                  transition: trimmed(thresholds.transitionHundredths),
                })}
              </th>
              <td colSpan={2}>
                {coverageHundredths === null
                  ? ''
                  : fill(paperText['paper.coverage'], { coverage: trimmed(coverageHundredths) })}
              </td>
              <td>{scoreHundredths === null ? '–' : twoDecimals(scoreHundredths)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

const rowsOf = (dimension: MatchDimension): ReactNode[] =>
  dimension.indicators.map((indicator, at) => (
    <tr key={dimension.id + indicator.metric} className={at === 0 ? 'first' : undefined}>
      {at === 0 ? (
        <th scope="rowgroup" rowSpan={dimension.indicators.length}>
          {`${dimension.name} ${dimension.weight}`}
        </th>
      ) : null}
      <Indicator indicator={indicator} />
    </tr>
  ));

const decimals = (hundredths: number | null): string => (hundredths === null ? '–' : twoDecimals(hundredths));

function Indicator({ indicator }: { indicator: MatchIndicator }): ReactNode {
  const { metric, name, n, valueTenThousandths: value, teamAverageTenThousandths: team } = indicator;
  const shown = (tenThousandths: number): string => metricValue(metric, tenThousandths);
  return (
    <>
      <th scope="row">{name}</th>
      <td>{value === null ? paperText['paper.absent'] : shown(value)}</td>
      <td>{`${shown(indicator.floorTenThousandths)} → ${shown(indicator.targetTenThousandths)}`}</td>
      <td>{team === null ? '–' : shown(team)}</td>
      <td>{n}</td>
      <td>{decimals(indicator.attainmentHundredths)}</td>
      <td>{decimals(indicator.fullPointsHundredths)}</td>
      <td>{decimals(indicator.pointsHundredths)}</td>
    </>
  );
}
