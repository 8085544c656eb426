import { decideText, deskText, fill, isPublic, tierNames, wholeNumber } from '@shigang/shared';
import type { CycleAnswer, CyclePeopleAnswer, Thresholds } from '@shigang/shared/answers';
import { useMemo, type ReactNode } from 'react';
import { Icon } from '../../../../widgets/icon.tsx';
import { countStates, histogramOf, type PersonState } from '../people/people-view.ts';
import { Steps } from '../steps.tsx';
import { useAddress } from '../use-address.ts';

/** How far the cycle is, the counts per tier, and how the scores lie. */
export function CycleHead({ cycle, people }: { cycle: CycleAnswer; people: CyclePeopleAnswer }): ReactNode {
  const { counts } = cycle;
  const tiles = [
    ['transition', counts.transition, tierNames.transition],
    ['train', counts.train, tierNames.train],
    ['reassign', counts.reassign, tierNames.reassign],
    ['insufficient_data', counts.insufficientData, tierNames.insufficient_data],
  ] as const;
  const others = [
    [counts.later, deskText['tier.later']],
    [counts.left, deskText['tier.left']],
  ] as const;
  return (
    <>
      <div className="heading">
        <h1>{deskText['desk.title']}</h1>
        <Steps cycle={cycle} />
        {cycle.state === 'review' ? (
          <a className="btn" href={publishPath(cycle.cycleId)}>
            {decideText['cycle.preview']}
          </a>
        ) : null}
      </div>
      <div className="kpis n">
        <section className="panel counts">
          <div>
            <h2>{fill(deskText['cycle.byDecision'], { people: wholeNumber(cycle.people) })}</h2>
            <ul>
              {tiles.map(([tier, count, name]) => (
                <li key={tier}>
                  <strong>{wholeNumber(count)}</strong>
                  <span className={`tier-word ${tier}`}>
                    <Icon name={tier} size="x" />
                    <span>{name}</span>
                  </span>
                </li>
              ))}
              {others.map(([count, name]) =>
                count === 0 ? null : (
                  <li key={name}>
                    <strong>{wholeNumber(count)}</strong>
                    <span className="tier-word">{name}</span>
                  </li>
                ),
              )}
            </ul>
          </div>
          <Histogram people={people} thresholds={cycle.thresholds} />
        </section>
        {isPublic(cycle.state) ? <Aftermath cycle={cycle} people={people} /> : <Reviewed cycle={cycle} />}
      </div>
    </>
  );
}

export const publishPath = (cycleId: string): string => `/desk/cycles/${encodeURIComponent(cycleId)}/publish`;

function Reviewed({ cycle }: { cycle: CycleAnswer }): ReactNode {
  return (
    <section className="panel reviewed">
      <h2>{deskText['cycle.reviewed']}</h2>
      <p>
        <strong>{wholeNumber(cycle.decided)}</strong>{' '}
        <span>{fill(deskText['cycle.reviewedOf'], { people: wholeNumber(cycle.people) })}</span>
      </p>
      <progress
        max={Math.max(cycle.people, 1)}
        value={cycle.decided}
        aria-label={deskText['cycle.reviewed']}
      />
    </section>
  );
}

const AFTER: readonly (readonly [PersonState, string])[] = [
  ['returned', decideText['cycle.returned']],
  ['open', decideText['cycle.openReplies']],
  ['agreed', decideText['cycle.agreed']],
  ['effective', decideText['cycle.effective']],
  ['notice', decideText['cycle.noticeTrouble']],
];

/** What became of the offers: each count narrows the list to its people. */
function Aftermath({ cycle, people }: { cycle: CycleAnswer; people: CyclePeopleAnswer }): ReactNode {
  const [address, change] = useAddress();
  const counts = useMemo(() => countStates(people), [people]);
  return (
    <section className="panel aftermath">
      <h2>{decideText['cycle.sent']}</h2>
      <ul>
        {AFTER.map(([state, name]) => (
          <li key={state}>
            <button
              aria-pressed={address.state === state}
              onClick={() => change({ state: address.state === state ? null : state })}
            >
              <strong>{wholeNumber(counts.get(state) ?? 0)}</strong>
              <span>{name}</span>
            </button>
          </li>
        ))}
      </ul>
      {cycle.unreached.length === 0 ? null : (
        <p className="note">{fill(decideText['cycle.unreached'], { names: cycle.unreached.join('、') })}</p>
      )}
    </section>
  );
}

const HEIGHT = 56;

/** People per two points; the colour is that of the tier which the band's score alone gives. */
function Histogram({ people, thresholds }: { people: CyclePeopleAnswer; thresholds: Thresholds }): ReactNode {
  const bands = useMemo(() => histogramOf(people), [people]);
  const most = Math.max(...bands, 1);
  // A single person stays visible beside hundreds.
  const heightOf = (count: number): number =>
    count === 0 ? 0 : Math.max(Math.round((count * HEIGHT) / most), 2);
  const { trainHundredths, transitionHundredths } = thresholds;
  const tierOf = (band: number): string => {
    if (band * 200 >= transitionHundredths) return 'transition';
    return band * 200 >= trainHundredths ? 'train' : 'reassign';
  };
  return (
    <svg className="histogram" viewBox="0 0 300 76" role="img" aria-label={deskText['cycle.histogram']}>
      {[...bands].map((count, band) => (
        <rect
          key={band}
          className={`f-${tierOf(band)}`}
          x={band * 6}
          y={HEIGHT - heightOf(count)}
          width="5"
          height={heightOf(count)}
          rx="1"
        />
      ))}
      <rect className="f-track" y={HEIGHT} width="300" height="1" />
      {[trainHundredths, transitionHundredths].map((limit) => (
        <g key={limit}>
          <rect className="f-line" x={(limit * 3) / 100 - 0.5} width="1" height={HEIGHT + 4} />
          <text x={(limit * 3) / 100} y="72">
            {limit / 100}
          </text>
        </g>
      ))}
    </svg>
  );
}
