import { decideText, fill, wholeNumber } from '@shigang/shared';
import type { CycleAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';

/** How far the computation is; the list comes when the scores are there. */
export function Computing({ cycle }: { cycle: CycleAnswer }): ReactNode {
  const { computed, people } = cycle;
  return (
    <section className="panel computing n">
      <h2>{decideText['cycle.computing']}</h2>
      <progress max={Math.max(people, 1)} value={computed} aria-label={decideText['cycle.computing']} />
      <p role="status">
        {fill(decideText['cycle.computed'], {
          done: wholeNumber(computed),
          people: wholeNumber(people),
        })}
      </p>
      <p>{decideText['cycle.computingHint']}</p>
    </section>
  );
}
