import { decideText } from '@shigang/shared';
import type { CycleAnswer, CyclePersonAnswer } from '@shigang/shared/answers';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { deskClient } from '../../../../api/desk-client.ts';
import { ChangeFacts } from './change-facts.tsx';
import { NoticeRows } from './notice-rows.tsx';
import { DeskProblem } from '../../../../desk/problem.tsx';
import { ReturnedActs } from './returned-acts.tsx';

interface AfterPublicationProps {
  cycle: CycleAnswer;
  answer: CyclePersonAnswer;
}

/** What became of a published decision: reply, approval, notice, and what HR may do now. */
export function AfterPublication({ cycle, answer }: AfterPublicationProps): ReactNode {
  const of = { cycleId: cycle.cycleId, userId: answer.person.userId };
  const file = useQuery({
    queryKey: ['file', of.cycleId, of.userId],
    queryFn: ({ signal }) => deskClient.file(of, signal),
  });
  if (file.error) return <DeskProblem error={file.error} onRetry={() => void file.refetch()} />;
  if (!file.data) return <span className="sk after-sk" />;
  const { change, notices, may, decisionId } = file.data;
  return (
    <section className="after">
      <h3>{decideText['after.title']}</h3>
      {change === null && notices.length === 0 ? <p className="note">{decideText['after.none']}</p> : null}
      {change === null ? null : <ChangeFacts change={change} nowAt={cycle.nowAt} />}
      <NoticeRows of={of} notices={notices} nowAt={cycle.nowAt} />
      {decisionId !== null && (may.keep || may.offerAgain || may.ground) ? (
        <ReturnedActs cycle={cycle} answer={answer} file={file.data} decisionId={decisionId} />
      ) : null}
    </section>
  );
}
