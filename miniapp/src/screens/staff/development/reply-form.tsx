import { developmentText, fill, replyAnswerNames, replyAnswers } from '@shigang/shared';
import type { ReactNode } from 'react';
import { MAX_TEXT, useReply, type ReplyFormProps } from './use-reply.ts';

/** Three choices and a few words of one's own. Works with a script alone: nothing is sent by an address. */
export function ReplyForm(props: ReplyFormProps): ReactNode {
  const { draft, setDraft, isSending, send } = useReply(props);
  return (
    <div className="form">
      <fieldset className="choices">
        <legend className="sr">{developmentText['reply.choices']}</legend>
        {replyAnswers.map((answer) => (
          <label key={answer}>
            <input
              type="radio"
              name="answer"
              value={answer}
              checked={draft.answer === answer}
              onChange={() => setDraft({ ...draft, answer })}
              aria-describedby={answer === 'agree' ? 'consent' : undefined}
            />
            <span>{replyAnswerNames[answer]}</span>
          </label>
        ))}
      </fieldset>
      <div id="consent">
        <p className="hint">{developmentText['reply.consent']}</p>
        <p className="consent">{props.reply.consentText}</p>
      </div>
      <label className="extra">
        <span className="n">{developmentText['reply.extra']}</span>
        <textarea
          rows={3}
          value={draft.text}
          aria-describedby="readers"
          onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        />
      </label>
      {draft.text === '' ? null : (
        <p className="hint n">
          {fill(developmentText['reply.count'], { count: draft.text.length, max: MAX_TEXT })}
        </p>
      )}
      <div className="send">
        <p className="hint" id="readers">
          {developmentText['reply.readers']}
        </p>
        <button type="button" className="btn" aria-disabled={isSending} onClick={send}>
          {developmentText[isSending ? 'reply.sending' : 'reply.send']}
        </button>
      </div>
    </div>
  );
}
