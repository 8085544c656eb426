import './steps.css';
import { dayName, deskText, fill, type CycleState } from '@shigang/shared';
import type { CycleAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../../../widgets/icon.tsx';

const STEPS: readonly CycleState[] = ['draft', 'computing', 'review', 'published', 'closed'];

/** How far the cycle is, from its draft to its close. */
export function Steps({ cycle }: { cycle: CycleAnswer }): ReactNode {
  const now = STEPS.indexOf(cycle.state);
  return (
    <ol className="progress" aria-label={deskText['cycle.steps']}>
      {STEPS.map((state, position) => (
        <li
          key={state}
          className={position < now ? 'done' : undefined}
          aria-current={position === now ? 'step' : undefined}
        >
          <i>{position < now ? <Icon name="check" size="x" /> : position + 1}</i>
          <span>
            {state === 'published' && cycle.publishedOn
              ? fill(deskText['cycle.published'], { day: dayName(cycle.publishedOn, cycle.nowAt) })
              : deskText[`state.${state}`]}
          </span>
        </li>
      ))}
    </ol>
  );
}
