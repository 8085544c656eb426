import { dayName, developmentText, fill, instantName, replyAnswerNames } from '@shigang/shared';
import type { DevelopmentAnswer, DevelopmentReply } from '@shigang/shared/answers';
import { useState } from 'preact/hooks';
import type { ReactNode } from 'react';
import { ReplyForm } from './reply-form.tsx';

export interface ReplyCardProps {
  decisionId: string;
  period: string;
  reply: DevelopmentReply;
  nowAt: string;
  onNews: (answer: DevelopmentAnswer) => void;
}

/** The form while a reply is asked for; before and after the plain record of it. */
export function ReplyCard(props: ReplyCardProps): ReactNode {
  const { reply, nowAt } = props;
  // Outlives the form: a reply that comes too late is explained beside the record.
  const [trouble, setTrouble] = useState('');
  const isForm = reply.isOpen && reply.answer === null;
  return (
    <section className="card reply" aria-labelledby="reply">
      <div className="head">
        <h2 id="reply" tabIndex={-1}>
          {developmentText[reply.answer === null ? 'reply.title' : 'reply.yours']}
        </h2>
        {isForm ? <small className="n">{dueText(reply, nowAt)}</small> : null}
      </div>
      {isForm ? <ReplyForm {...props} onTrouble={setTrouble} /> : <ReplyRecord reply={reply} nowAt={nowAt} />}
      <p className="trouble" role="alert">
        {trouble}
      </p>
    </section>
  );
}

const dueText = ({ dueOn, workingDaysLeft }: DevelopmentReply, nowAt: string): string =>
  fill(developmentText[workingDaysLeft === 0 ? 'reply.dueToday' : 'reply.due'], {
    day: dayName(dueOn, nowAt),
    days: workingDaysLeft,
  });

function ReplyRecord({ reply, nowAt }: { reply: DevelopmentReply; nowAt: string }): ReactNode {
  const { answer, text, repliedAt, dueOn, consentText } = reply;
  if (answer === null) {
    const isOver = nowAt.slice(0, 10) > dueOn;
    return (
      <>
        <p className="said">
          {isOver
            ? fill(developmentText['reply.closed'], { day: dayName(dueOn, nowAt) })
            : developmentText['reply.withdrawn']}
        </p>
        <p className="hint">{developmentText[isOver ? 'reply.closedHint' : 'reply.note']}</p>
      </>
    );
  }
  return (
    <>
      <p className="said">
        <b>{replyAnswerNames[answer]}</b>
        {repliedAt === null ? null : (
          <small className="n">
            {fill(developmentText['reply.at'], { at: instantName(repliedAt, nowAt) })}
          </small>
        )}
      </p>
      {text ? <p className="quote">{text}</p> : null}
      <details className="asked">
        <summary>{developmentText['reply.asked']}</summary>
        <p className="consent">{consentText}</p>
      </details>
      <p className="hint">{developmentText['reply.note']}</p>
    </>
  );
}
