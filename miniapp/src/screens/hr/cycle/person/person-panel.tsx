import { decideText, deskText, fill, isPublic } from '@shigang/shared';
import type { CycleAnswer, CyclePeopleAnswer, CyclePersonAnswer } from '@shigang/shared/answers';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { deskClient } from '../../../../api/desk-client.ts';
import { AfterPublication } from '../after/after-publication.tsx';
import { DecideForm } from '../decide/decide-form.tsx';
import { useDeskLinks } from '../desk-links.ts';
import { DecisionFacts } from './decision-facts.tsx';
import { PersonEvidence } from './person-evidence.tsx';
import { PersonHead } from './person-head.tsx';
import { DeskNotice, DeskProblem } from '../../../../desk/problem.tsx';
import { ScoreTable } from './score-table.tsx';
import { useAddress } from '../use-address.ts';

/** How long it is said that something was saved. */
const SAVED_MS = 6_000;

/** The open person's explanation beside the list; on a phone it covers the list. */
export function PersonPanel({ cycle, people }: { cycle: CycleAnswer; people: CyclePeopleAnswer }): ReactNode {
  const [{ person: userId }, change] = useAddress();
  const { cycleId } = cycle;
  const person = useQuery({
    queryKey: ['person', cycleId, userId],
    queryFn: ({ signal }) => deskClient.person({ cycleId, userId: userId ?? '' }, signal),
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
  const isCurrent = person.data?.person.userId === userId;
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
      {person.data ? <Opened cycle={cycle} answer={person.data} isCurrent={isCurrent} /> : null}
      {person.isPending ? <PanelSkeleton /> : null}
    </aside>
  );
}

interface OpenedProps {
  cycle: CycleAnswer;
  answer: CyclePersonAnswer;
  /** False while the person before is still shown: nothing can be decided about the wrong one. */
  isCurrent: boolean;
}

function Opened({ cycle, answer, isCurrent }: OpenedProps): ReactNode {
  const [{ metric }, change] = useAddress();
  const links = useDeskLinks();
  const [saved, setSaved] = useSaved();
  const { userId } = answer.person;
  // After a decision the next person is there, read from the top, and the button of the one before is gone: the heading
  // takes the focus.
  const panel = useRef<HTMLDivElement>(null);
  const before = useRef(userId);
  useEffect(() => {
    if (before.current === userId) return;
    before.current = userId;
    panel.current?.scrollTo(0, 0);
    panel.current?.parentElement?.scrollTo(0, 0);
    const isLost = document.activeElement === document.body;
    if (isLost) panel.current?.parentElement?.querySelector('h2')?.focus();
  }, [userId]);
  return (
    <>
      <PersonHead cycle={cycle} answer={answer} onClose={() => change({ person: null, metric: null })} />
      <div className="body" ref={panel}>
        {metric === null ? (
          <>
            {isCurrent && isPublic(cycle.state) ? (
              <AfterPublication key={userId} cycle={cycle} answer={answer} />
            ) : null}
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
      <p className="saved" role="status">
        {saved}
      </p>
      {isCurrent && cycle.state === 'review' && answer.person.leftOn === null ? (
        <DecideForm
          key={userId}
          cycle={cycle}
          answer={answer}
          onDecided={(isSaved) => {
            setSaved(isSaved ? fill(decideText['decide.done'], { name: answer.person.name }) : '');
            links.move?.(1);
          }}
        />
      ) : null}
    </>
  );
}

/** What was saved last, said for a while: by then the next person is in the panel. */
function useSaved(): [string, (sentence: string) => void] {
  const [saved, setSaved] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaved(''), SAVED_MS);
    return () => clearTimeout(timer);
  }, [saved]);
  return [saved, setSaved];
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
