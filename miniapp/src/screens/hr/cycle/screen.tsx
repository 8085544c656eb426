import { deskText } from '@shigang/shared';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { deskClient } from '../../../api/desk-client.ts';
import { CycleHead } from './cycle-head.tsx';
import { PeopleList } from './people-list.tsx';
import { PersonPanel } from './person-panel.tsx';
import { DeskProblem, DeskNotice } from './problem.tsx';
import { TopBar } from './top-bar.tsx';
import { useAddress } from './use-address.ts';

/** The cycle's people beside the explanation of one of them. */
export function CycleScreen(): ReactNode {
  const [address, change] = useAddress();
  const { cycleId } = address;
  const cycles = useQuery({
    queryKey: ['cycles'],
    queryFn: ({ signal }) => deskClient.cycles(signal),
    enabled: cycleId === null,
  });
  const newest = cycles.data?.cycles[0]?.cycleId;
  useEffect(() => {
    if (cycleId === null && newest !== undefined) change({ cycleId: newest });
  }, [cycleId, newest, change]);
  if (cycles.error) return <DeskProblem error={cycles.error} onRetry={() => void cycles.refetch()} />;
  if (cycles.data && newest === undefined) {
    return <DeskNotice title={deskText['desk.empty']} hint={deskText['desk.emptyHint']} />;
  }
  return cycleId === null ? <DeskSkeleton /> : <Board cycleId={cycleId} />;
}

function Board({ cycleId }: { cycleId: string }): ReactNode {
  const cycle = useQuery({
    queryKey: ['cycle', cycleId],
    queryFn: ({ signal }) => deskClient.cycle(cycleId, signal),
  });
  const people = useQuery({
    queryKey: ['people', cycleId],
    queryFn: ({ signal }) => deskClient.people(cycleId, signal),
    // A new answer replaces the old one whole; comparing 240,000 cells would find nothing to keep.
    structuralSharing: false,
  });
  const error = cycle.error ?? people.error;
  if (error) {
    const retry = (): void => {
      void cycle.refetch();
      void people.refetch();
    };
    return <DeskProblem error={error} onRetry={retry} />;
  }
  if (!cycle.data || !people.data) return <DeskSkeleton />;
  return (
    <div className="desk">
      <TopBar cycle={cycle.data} />
      <main>
        <CycleHead cycle={cycle.data} people={people.data} />
        <div className="split">
          <PeopleList cycle={cycle.data} people={people.data} />
          <PersonPanel cycle={cycle.data} people={people.data} />
        </div>
      </main>
    </div>
  );
}

/** The board's shape while it loads. */
function DeskSkeleton(): ReactNode {
  return (
    <div className="desk" aria-busy="true">
      <div className="top" />
      <main>
        <div className="kpis">
          <span className="panel sk" />
          <span className="panel sk" />
          <span className="panel sk" />
        </div>
        <div className="split">
          <span className="panel sk" />
          <span className="panel sk" />
        </div>
      </main>
    </div>
  );
}
