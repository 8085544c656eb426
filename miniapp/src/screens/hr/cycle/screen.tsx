import './cycle.css';
import { deskText } from '@shigang/shared';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { deskClient } from '../../../api/desk-client.ts';
import { Computing } from './board/computing.tsx';
import { CycleHead } from './board/cycle-head.tsx';
import { DeskLinksProvider, useNewDeskLinks } from './desk-links.ts';
import { PeopleList } from './people/people-list.tsx';
import { PersonPanel } from './person/person-panel.tsx';
import { DeskProblem, DeskNotice } from '../../../desk/problem.tsx';
import { TopBar } from './top-bar.tsx';
import { useAddress } from './use-address.ts';
import { useCycle, usePeople } from './use-cycle.ts';
import { useTitle } from '../../../desk/use-title.ts';

const PublishScreen = lazy(async () => ({
  default: (await import('./publish/screen.tsx')).PublishScreen,
}));
const FileScreen = lazy(async () => ({ default: (await import('./file/screen.tsx')).FileScreen }));

/** HR's desk: the board of a cycle, what publication would send, or one person's evidence file. */
export function CycleScreen(): ReactNode {
  const [address, change] = useAddress();
  const { cycleId, view, person } = address;
  useTitle(view === 'board' ? deskText['desk.title'] : null);
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
  if (cycleId === null) return <DeskSkeleton />;
  return (
    <Suspense fallback={<DeskSkeleton />}>
      {view === 'publish' ? <PublishScreen cycleId={cycleId} /> : null}
      {view === 'file' ? <FileScreen cycleId={cycleId} userId={person ?? ''} /> : null}
      {view === 'board' ? <Board cycleId={cycleId} /> : null}
    </Suspense>
  );
}

function Board({ cycleId }: { cycleId: string }): ReactNode {
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
  if (!cycle.data || !people.data) return <DeskSkeleton />;
  return (
    <DeskLinksProvider value={links}>
      <div className="desk">
        <TopBar cycle={cycle.data} />
        <main>
          <CycleHead cycle={cycle.data} people={people.data} />
          {cycle.data.state === 'computing' ? (
            <Computing cycle={cycle.data} />
          ) : (
            <div className="split">
              <PeopleList cycle={cycle.data} people={people.data} />
              <PersonPanel cycle={cycle.data} people={people.data} />
            </div>
          )}
        </main>
      </div>
    </DeskLinksProvider>
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
