import { deskText, fill, metricValue, twoDecimals } from '@shigang/shared';
import type { MatchExplanation, MatchIndicator, Thresholds } from '@shigang/shared/answers';
import { useState, type ReactNode } from 'react';

interface ScoreTableProps {
  explanation: MatchExplanation;
  /** Opens the records behind an indicator. */
  onOpen: (metric: string) => void;
}

interface Placed {
  indicator: MatchIndicator;
  /** Hundredths of points before this indicator. */
  start: number;
  colour: number;
  isFirst: boolean;
}

const COLOURS = [1, 3, 4, 2, 5];

/** How the score adds up: each indicator starts where the one before ended. Every row opens its records. */
export function ScoreTable({ explanation, onOpen }: ScoreTableProps): ReactNode {
  const [shown, setShown] = useState<MatchIndicator | null>(null);
  const { scoreHundredths, thresholds } = explanation;
  const title =
    scoreHundredths === null
      ? deskText['person.howNone']
      : fill(deskText['person.how'], { score: twoDecimals(scoreHundredths) });
  return (
    <section>
      <h3>
        <span>{title}</span>
        <small>{deskText['person.legend']}</small>
      </h3>
      <table className="waterfall n">
        <thead>
          <tr>
            <th scope="col">{deskText['person.indicator']}</th>
            <td className="chart">
              <Scale thresholds={thresholds} />
            </td>
            <th scope="col">{deskText['person.value']}</th>
            <th scope="col">{deskText['person.points']}</th>
          </tr>
        </thead>
        <tbody>
          {placedOf(explanation).map((placed) => (
            <IndicatorRow
              key={placed.indicator.metric}
              placed={placed}
              thresholds={thresholds}
              onOpen={onOpen}
              onShow={setShown}
            />
          ))}
        </tbody>
        {scoreHundredths === null ? null : (
          <tfoot>
            <tr>
              <th scope="row">{deskText['person.total']}</th>
              <td className="chart">
                <Bar
                  start={0}
                  got={scoreHundredths}
                  full={scoreHundredths}
                  colour={1}
                  thresholds={thresholds}
                  isTotal
                />
              </td>
              <td />
              <td>{twoDecimals(scoreHundredths)}</td>
            </tr>
          </tfoot>
        )}
      </table>
      <p className="note n" role="status">
        {shown === null ? deskText['person.detailNone'] : detailOf(shown)}
      </p>
    </section>
  );
}

function placedOf({ dimensions }: MatchExplanation): Placed[] {
  let start = 0;
  return dimensions.flatMap((dimension, position) =>
    dimension.indicators.map((indicator, at) => {
      const placed = { indicator, start, colour: COLOURS[position % COLOURS.length] ?? 5, isFirst: at === 0 };
      start += indicator.pointsHundredths ?? 0;
      return placed;
    }),
  );
}

interface IndicatorRowProps {
  placed: Placed;
  thresholds: Thresholds;
  onOpen: (metric: string) => void;
  onShow: (indicator: MatchIndicator) => void;
}

function IndicatorRow({ placed, thresholds, onOpen, onShow }: IndicatorRowProps): ReactNode {
  const { indicator, start, colour, isFirst } = placed;
  const { metric, name, valueTenThousandths: value, pointsHundredths: points, evidenceCount } = indicator;
  const show = (): void => onShow(indicator);
  return (
    <tr className={isFirst ? 'first' : undefined} onMouseEnter={show}>
      <th scope="row">
        {evidenceCount === 0 ? (
          <span>{name}</span>
        ) : (
          <button onClick={() => onOpen(metric)} onFocus={show}>
            {name}
          </button>
        )}
      </th>
      <td className="chart">
        <Bar
          start={start}
          got={points ?? 0}
          full={indicator.fullPointsHundredths ?? 0}
          colour={colour}
          thresholds={thresholds}
        />
      </td>
      <td>{value === null ? deskText['person.noValue'] : metricValue(metric, value)}</td>
      <td>{points === null ? '–' : `+${twoDecimals(points)}`}</td>
    </tr>
  );
}

/** The limits in figures, above the dashed lines. */
function Scale({ thresholds }: { thresholds: Thresholds }): ReactNode {
  return (
    <svg height="18" width="100%" aria-hidden="true">
      {[thresholds.trainHundredths, thresholds.transitionHundredths].map((limit) => (
        <text key={limit} x={`${limit / 100}%`} y="13">
          {limit / 100}
        </text>
      ))}
    </svg>
  );
}

interface BarProps {
  /** Hundredths of points. */
  start: number;
  got: number;
  full: number;
  colour: number;
  thresholds: Thresholds;
  isTotal?: boolean;
}

/** Solid = points got, pale = points possible, dashed = the limits of the tiers; the scale is 0 to 100. */
function Bar({ start, got, full, colour, thresholds, isTotal = false }: BarProps): ReactNode {
  const at = (hundredths: number): string => `${hundredths / 100}%`;
  return (
    <svg height="24" width="100%" aria-hidden="true">
      {[thresholds.trainHundredths, thresholds.transitionHundredths].map((limit) => (
        <line key={limit} className="limit" x1={at(limit)} x2={at(limit)} y1="0" y2="24" />
      ))}
      <rect className={`f${colour} pale`} x={at(start)} y="6" width={at(full)} height="12" rx="2" />
      <rect
        className={isTotal ? 'f-accent' : `f${colour}`}
        x={at(start)}
        y="6"
        width={at(got)}
        height="12"
        rx="2"
      />
    </svg>
  );
}

function detailOf(indicator: MatchIndicator): string {
  const { metric, name, n, teamAverageTenThousandths: team } = indicator;
  const params = {
    name,
    n,
    floor: metricValue(metric, indicator.floorTenThousandths),
    target: metricValue(metric, indicator.targetTenThousandths),
  };
  return team === null
    ? fill(deskText['person.detail'], params)
    : fill(deskText['person.detailTeam'], { ...params, team: metricValue(metric, team) });
}
