import { deskText, fill } from '@shigang/shared';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CycleAnswer, CyclePeopleAnswer, CyclePersonAnswer } from '../../../api/answers.ts';
import { deskClient } from '../../../api/desk-client.ts';
import { DecisionFacts } from './decision-facts.tsx';
import { PersonEvidence } from './person-evidence.tsx';
import { PersonHead } from './person-head.tsx';
import { DeskNotice, DeskProblem } from './problem.tsx';
import { ScoreTable } from './score-table.tsx';
import { useAddress } from './use-address.ts';

/** The open person's explanation beside the list; on a phone it covers the list. */
export function PersonPanel({ cycle, people }: { cycle: CycleAnswer; people: CyclePeopleAnswer }): ReactNode {
  const [{ person: userId }, change] = useAddress();
  const { cycleId } = cycle;
  const person = useQuery({
    queryKey: ['person', cycleId, userId],
    queryFn: ({ signal }) => deskClient.person(cycleId, userId ?? '', signal),
    enabled: userId !== null,
    // The one before stays until the next is there: no flicker while moving through the list.
    placeholderData: (previous) => previous,
  });
  if (userId === null) {
    return (
      <aside className="panel person none">
        <DeskNotice title={deskText['person.choose']} hint={deskText['person.chooseHint']} />
      </aside>
    );
  }
  const name = person.data?.person.name ?? people.columns.name[people.columns.userId.indexOf(userId)] ?? '';
  return (
    <aside
      className="panel person"
      aria-label={fill(deskText['person.label'], { name })}
      aria-busy={person.isPlaceholderData}
      onKeyDown={(event) => {
        if (event.key === 'Escape') change({ person: null, metric: null });
      }}
    >
      {person.error ? <DeskProblem error={person.error} onRetry={() => void person.refetch()} /> : null}
      {person.data ? <Opened cycle={cycle} answer={person.data} /> : null}
      {person.isPending ? <PanelSkeleton /> : null}
    </aside>
  );
}

function Opened({ cycle, answer }: { cycle: CycleAnswer; answer: CyclePersonAnswer }): ReactNode {
  const [{ metric }, change] = useAddress();
  return (
    <>
      <PersonHead cycle={cycle} answer={answer} onClose={() => change({ person: null, metric: null })} />
      <div className="body">
        {metric === null ? (
          <>
            <ScoreTable explanation={answer.explanation} onOpen={(one) => change({ metric: one }, true)} />
            <DecisionFacts answer={answer} nowAt={cycle.nowAt} />
          </>
        ) : (
          <PersonEvidence
            key={answer.person.userId + metric}
            of={{ cycleId: cycle.cycleId, userId: answer.person.userId, metric, after: 0 }}
            nowAt={cycle.nowAt}
            onBack={() => change({ metric: null })}
          />
        )}
      </div>
    </>
  );
}

function PanelSkeleton(): ReactNode {
  return (
    <div className="body" aria-hidden="true">
      {Array.from({ length: 9 }, (_, row) => (
        <span key={row} className="sk bar-row" />
      ))}
    </div>
  );
}
