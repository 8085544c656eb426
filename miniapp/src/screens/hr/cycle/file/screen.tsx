import './file.css';
import { decideText, paperText } from '@shigang/shared';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { deskClient } from '../../../../api/desk-client.ts';
import { Icon } from '../../../../widgets/icon.tsx';
import { DeskProblem } from '../../../../desk/problem.tsx';
import { useTitle } from '../../../../desk/use-title.ts';
import { Course } from './course.tsx';
import { PaperHead } from './paper-head.tsx';
import { PaperScore } from './paper-score.tsx';

/** One person's evidence file as it goes on paper: score, then everything that happened, in order of time. */
export function FileScreen({ cycleId, userId }: { cycleId: string; userId: string }): ReactNode {
  const of = { cycleId, userId };
  const file = useQuery({
    queryKey: ['file', cycleId, userId],
    queryFn: ({ signal }) => deskClient.file(of, signal),
  });
  const person = useQuery({
    queryKey: ['person', cycleId, userId],
    queryFn: ({ signal }) => deskClient.person(of, signal),
  });
  const name = file.data?.name;
  useTitle(name === undefined ? null : `${paperText['paper.title']} · ${name}`);
  const error = file.error ?? person.error;
  if (error) {
    const retry = (): void => {
      void file.refetch();
      void person.refetch();
    };
    return <DeskProblem error={error} onRetry={retry} />;
  }
  if (!file.data || !person.data) return <main className="paper" aria-busy="true" />;
  const back = `/desk/cycles/${encodeURIComponent(cycleId)}?person=${encodeURIComponent(userId)}`;
  return (
    <div className="paper-page">
      <nav className="paper-acts">
        <a className="plain" href={back}>
          <Icon name="left" size="x" />
          <span>{decideText['cycle.board']}</span>
        </a>
        <button className="btn" onClick={() => print()}>
          {paperText['paper.print']}
        </button>
      </nav>
      <main className="paper">
        <PaperHead file={file.data} answer={person.data} />
        <PaperScore explanation={person.data.explanation} />
        <Course entries={file.data.entries} />
        <div className="signs">
          {[paperText['paper.signPerson'], paperText['paper.signHr'], paperText['paper.signDate']].map(
            (sign) => (
              <p key={sign}>{sign}</p>
            ),
          )}
        </div>
        <footer>
          <p>
            <span>{paperText['paper.hash']}</span> <code>{file.data.contentHash}</code>
          </p>
          <p>{paperText['paper.foot']}</p>
        </footer>
      </main>
    </div>
  );
}
