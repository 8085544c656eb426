import {
  fill,
  homeStepText,
  growsByTime,
  metricValue,
  periodShortName,
  staffText,
  stayTitles,
  tierTitles,
  twoDecimals,
} from '@shigang/shared';
import type { HomeAnswer, HomeMatchResult, IndicatorPoint } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { Gauge } from '../../../widgets/gauge.tsx';
import { Icon } from '../../../widgets/icon.tsx';
import { Empty } from '../../../staff/empty.tsx';
import { TierChip } from '../../../widgets/tier-chip.tsx';
import { stepWords } from './step-words.ts';

/** The match score of a published cycle, or when it will be here. */
export function MatchCard({ answer }: { answer: HomeAnswer }): ReactNode {
  const { period, match } = answer;
  const params = { period: periodShortName(period) };
  if (match.result) return <Result answer={answer} result={match.result} />;
  const isPending = match.state === 'pending';
  return (
    <section className="card" aria-label={staffText['home.match']}>
      <Empty
        title={fill(staffText[isPending ? 'home.pending' : 'home.none'], params)}
        hint={fill(staffText[isPending ? 'home.pendingHint' : 'home.noneHint'], params)}
      >
        {isPending ? (
          <a className="link" href={paths.match(period)}>
            <span>{staffText['home.seeMetrics']}</span>
            <Icon name="right" size="x" />
          </a>
        ) : null}
      </Empty>
    </section>
  );
}

function Result({ answer, result }: { answer: HomeAnswer; result: HomeMatchResult }): ReactNode {
  const { period, development, nowAt } = answer;
  const { scoreHundredths, tier, thresholds, strongest, largestGap } = result;
  return (
    <section className="card" aria-label={staffText['home.match']}>
      <div className={scoreHundredths === null ? 'verdict plain' : 'verdict'}>
        {scoreHundredths === null ? null : (
          <Gauge scoreHundredths={scoreHundredths} tier={tier} thresholds={thresholds} />
        )}
        <div>
          {tier ? <TierChip tier={tier} /> : null}
          {tier ? <h2>{titleOf(result)}</h2> : null}
          <p>
            <span>{reasonOf(result)}</span>
            <a className="link" href={paths.match(period)}>
              {staffText['home.evidence']}
            </a>
          </p>
        </div>
      </div>
      {development ? (
        <a className="next" href={paths.development(period)}>
          <b>{homeStepText['step.label']}</b>
          <span>{stepWords(development, nowAt)}</span>
          <Icon name="right" size="x" />
        </a>
      ) : null}
      <ul className="points">
        {strongest.map((point) => (
          <Point key={point.metric} period={period} point={point} isGap={false} />
        ))}
        {largestGap ? <Point period={period} point={largestGap} isGap /> : null}
      </ul>
    </section>
  );
}

/** One strong point or the largest gap, with its value and target; opens the records behind it. */
function Point({
  period,
  point,
  isGap,
}: {
  period: string;
  point: IndicatorPoint;
  isGap: boolean;
}): ReactNode {
  const value = metricValue(point.metric, point.valueTenThousandths);
  const target = metricValue(point.metric, point.targetTenThousandths);
  const reached = point.attainmentHundredths >= 10_000 ? 'home.reached' : 'home.towards';
  const note = isGap
    ? fill(staffText['home.gapPoints'], {
        points: twoDecimals(point.fullPointsHundredths - point.pointsHundredths),
      })
    : fill(staffText[reached], { target });
  return (
    <li>
      <a href={paths.evidence(point.metric, period)}>
        <span className={isGap ? 'badge gap' : 'badge'}>
          <Icon name={isGap ? 'rise' : 'star'} />
        </span>
        <div>
          <h3>{point.name}</h3>
          <p>{isGap ? gapLabel(point) : note}</p>
        </div>
        <div className="figure">
          <b className="n">{value}</b>
          {isGap ? <p className="n">{note}</p> : null}
        </div>
        <Icon name="right" size="x" />
      </a>
    </li>
  );
}

/** What only time can bring is told apart from what one can work on. */
const gapLabel = ({ metric }: IndicatorPoint): string =>
  staffText[growsByTime(metric) ? 'home.gapTime' : 'home.gap'];

function titleOf({ tier, presentRole, targetRole }: HomeMatchResult): string {
  if (tier === null) return '';
  return tier === 'reassign' && targetRole !== null && targetRole === presentRole
    ? stayTitles[targetRole]
    : tierTitles[tier];
}

/** Strengths first; for too little data what is missing. */
function reasonOf({ tier, strongest, missing }: HomeMatchResult): string {
  if (tier === 'insufficient_data' && missing.length > 0) {
    return fill(staffText['home.missing'], { names: missing.map((one) => one.name).join('、') });
  }
  const [first, second] = strongest;
  if (first === undefined) return '';
  return second === undefined
    ? fill(staffText['home.strengthsOne'], { first: first.name })
    : fill(staffText['home.strengthsTwo'], { first: first.name, second: second.name });
}
