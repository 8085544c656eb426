import { deskText, fill, teamText, tierNames } from '@shigang/shared';
import type { TeamAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../../../widgets/icon.tsx';

/** How many of the team are in each tier; the three tiers always, the rest where somebody is. */
export function CountsCard({ counts }: { counts: TeamAnswer['counts'] }): ReactNode {
  const tiles = [
    ['transition', counts.transition],
    ['train', counts.train],
    ['reassign', counts.reassign],
  ] as const;
  const others = [
    [tierNames.insufficient_data, counts.insufficientData],
    [deskText['tier.later'], counts.later],
    [deskText['tier.left'], counts.left],
  ] as const;
  const named = others
    .filter(([, count]) => count > 0)
    .map(([name, count]) => fill(teamText['team.other'], { name, count }));
  return (
    <section className="card" aria-label={teamText['team.counts']}>
      <ul className="tiles n">
        {tiles.map(([tier, count]) => (
          <li key={tier} className={tier}>
            <b>{count}</b>
            <span>
              <Icon name={tier} size="x" />
              <span>{tierNames[tier]}</span>
            </span>
          </li>
        ))}
      </ul>
      {named.length === 0 ? null : (
        <p className="hint">{fill(teamText['team.others'], { others: named.join('、') })}</p>
      )}
    </section>
  );
}
