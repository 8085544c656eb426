import { decideText, deskText, fill, fullDayName, salesRoleNames } from '@shigang/shared';
import type { CycleAnswer, CyclePersonAnswer } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../../../../widgets/icon.tsx';
import { useDeskLinks } from '../desk-links.ts';
import type { Result } from '../people/people-view.ts';
import { ResultChip } from '../people/person-row.tsx';

interface PersonHeadProps {
  cycle: CycleAnswer;
  answer: CyclePersonAnswer;
  onClose: () => void;
}

/** Who it is, and the result as it stands. */
export function PersonHead({ answer, onClose }: PersonHeadProps): ReactNode {
  const { person, explanation } = answer;
  const links = useDeskLinks();
  const role = explanation.presentRole;
  const facts = [
    person.jobNumber,
    person.departmentName,
    role === null ? null : salesRoleNames[role],
    person.managerName === null ? null : fill(deskText['person.manager'], { name: person.managerName }),
    person.hiredOn === null ? null : fill(deskText['person.hired'], { day: fullDayName(person.hiredOn) }),
    person.leftOn === null ? null : fill(deskText['person.left'], { day: fullDayName(person.leftOn) }),
  ].filter((fact) => fact !== null);
  return (
    <header>
      <div>
        <h2 tabIndex={-1}>
          <span>{person.name}</span>
          <ResultChip result={resultOf(answer)} />
        </h2>
        <p className="n">{facts.join(' · ')}</p>
      </div>
      <div className="steps">
        <button className="icon" aria-label={decideText['person.previous']} onClick={() => links.move?.(-1)}>
          <Icon name="left" size="s" />
        </button>
        <button className="icon" aria-label={decideText['person.next']} onClick={() => links.move?.(1)}>
          <Icon name="right" size="s" />
        </button>
        <button className="icon" aria-label={deskText['person.close']} onClick={onClose}>
          <Icon name="close" size="s" />
        </button>
      </div>
    </header>
  );
}

function resultOf({ person, decision, suggestedTier }: CyclePersonAnswer): Result {
  if (person.leftOn !== null) return 'left';
  if (decision === null) return suggestedTier;
  return decision.tier ?? 'later';
}
