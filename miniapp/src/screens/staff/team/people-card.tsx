import { fill, teamText, twoDecimals } from '@shigang/shared';
import type { TeamPerson } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { TierChip } from '../../../widgets/tier-chip.tsx';

/** People shown before "the rest". */
const SHOWN = 12;

/** Everybody of the team, the highest score first. */
export function PeopleCard({ people }: { people: readonly TeamPerson[] }): ReactNode {
  const ordered = [...people].sort((a, b) => (b.scoreHundredths ?? -1) - (a.scoreHundredths ?? -1));
  const split = ordered.length > SHOWN + 1 ? SHOWN : ordered.length;
  const rest = ordered.slice(split);
  return (
    <section className="card team" aria-labelledby="people">
      <h2 id="people" className="small-title">
        {teamText['people.title']}
      </h2>
      <ul>{ordered.slice(0, split).map(row)}</ul>
      {rest.length === 0 ? null : (
        <details className="rest">
          <summary>{fill(teamText['people.more'], { count: rest.length })}</summary>
          <ul>{rest.map(row)}</ul>
        </details>
      )}
    </section>
  );
}

const row = ({ userId, name, tier, scoreHundredths }: TeamPerson): ReactNode => (
  <li key={userId}>
    <h3>{name}</h3>
    {tier === null ? <span className="tier none">{teamText['people.later']}</span> : <TierChip tier={tier} />}
    <p className="n">
      {scoreHundredths === null
        ? teamText['people.noScore']
        : fill(teamText['people.score'], { score: twoDecimals(scoreHundredths) })}
    </p>
  </li>
);
