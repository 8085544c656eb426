import './cycle.css';
import { deskText } from '@shigang/shared';
import type { ReactNode } from 'react';
import { DeskProblem } from '../../../desk/problem.tsx';
import { useCycle } from '../../../desk/use-cycle.ts';
import { useTitle } from '../../../desk/use-title.ts';
import { Computing } from './board/computing.tsx';
import { CycleHead } from './board/cycle-head.tsx';
import { DeskLinksProvider, useNewDeskLinks } from './desk-links.ts';
import { PeopleList } from './people/people-list.tsx';
import { PersonPanel } from './person/person-panel.tsx';
import { usePeople } from './use-people.ts';

/** The board of a cycle: how far it is, its people, and the one who is open. */
export function CycleScreen({ cycleId }: { cycleId: string }): ReactNode {
  useTitle(deskText['desk.title']);
  const cycle = useCycle(cycleId);
  const people = usePeople(cycleId, cycle.data);
  const links = useNewDeskLinks();
  const error = cycle.error ?? people.error;
  if (error) {
    const retry = (): void => {
      void cycle.refetch();
      void people.refetch();
    };
    return <DeskProblem error={error} onRetry={retry} />;
  }
  if (!cycle.data || !people.data) return <BoardSkeleton />;
  return (
    <DeskLinksProvider value={links}>
      <CycleHead cycle={cycle.data} people={people.data} />
      {cycle.data.state === 'computing' ? (
        <Computing cycle={cycle.data} />
      ) : (
        <div className="split">
          <PeopleList cycle={cycle.data} people={people.data} />
          <PersonPanel cycle={cycle.data} people={people.data} />
        </div>
      )}
    </DeskLinksProvider>
  );
}

/** The board's shape while it loads. */
function BoardSkeleton(): ReactNode {
  return (
    <>
      <div className="heading" />
      <div className="kpis" aria-busy="true">
        <span className="panel sk" />
        <span className="panel sk" />
      </div>
      <div className="split">
        <span className="panel sk" />
        <span className="panel sk" />
      </div>
    </>
  );
}
