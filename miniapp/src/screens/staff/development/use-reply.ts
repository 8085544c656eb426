import { developmentText, fill, replyAnswers, type ReplyAnswer } from '@shigang/shared';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { loadDevelopment, refusalOf, sendReply } from '../../../api/reply-client.ts';
import { forgetDraft, keepDraft, readDraft, type ReplyDraft } from '../../../session/reply-draft.ts';
import type { ReplyCardProps } from './reply-card.tsx';

/** As the server takes it. */
export const MAX_TEXT = 500;

export interface ReplyFormProps extends ReplyCardProps {
  /** What went wrong, as one sentence; empty: nothing. */
  onTrouble: (sentence: string) => void;
}

export interface ReplyState {
  draft: ReplyDraft;
  setDraft: (draft: ReplyDraft) => void;
  isSending: boolean;
  send: () => void;
}

/** The draft of a reply, and sending it once. What was written stays on this device until it is sent. */
export function useReply({ decisionId, period, reply, onNews, onTrouble }: ReplyFormProps): ReplyState {
  const [draft, setDraft] = useState<ReplyDraft>({ answer: null, text: '' });
  const [isSending, setSending] = useState(false);
  const isUnderWay = useRef(false);
  useEffect(() => setDraft(firstDraft(decisionId)), [decisionId]);
  const change = useCallback(
    (next: ReplyDraft) => {
      setDraft(next);
      onTrouble('');
      keepDraft(decisionId, next);
    },
    [decisionId, onTrouble],
  );
  const send = async (answer: ReplyAnswer): Promise<void> => {
    const text = draft.text.trim();
    await sendReply({
      decisionId,
      answer,
      consentHash: reply.consentHash,
      ...(text === '' ? {} : { text }),
    });
    forgetDraft(decisionId);
    onNews(await loadDevelopment(period));
    // The form is gone: its place in the page keeps the focus, and a screen reader hears the record.
    document.getElementById('reply')?.focus();
  };
  const start = (): void => {
    if (isUnderWay.current) return;
    const refused = missing(draft);
    onTrouble(refused);
    if (refused !== '' || draft.answer === null) {
      if (draft.answer === null) document.querySelector<HTMLElement>('.choices input')?.focus();
      return;
    }
    isUnderWay.current = true;
    setSending(true);
    send(draft.answer)
      .catch(async (error: unknown) => {
        const refusal = refusalOf(error);
        onTrouble(refusal.sentence);
        // Somebody answered already, or the words changed: the page shows what stands now.
        if (refusal.isStale) onNews(await loadDevelopment(period));
      })
      .catch(() => undefined)
      .finally(() => {
        isUnderWay.current = false;
        setSending(false);
      });
  };
  return { draft, setDraft: change, isSending, send: start };
}

/** What was kept on this device, else what was chosen and written before the script had come. */
function firstDraft(decisionId: string): ReplyDraft {
  const kept = readDraft(decisionId);
  if (kept.answer !== null || kept.text !== '') return kept;
  const chosen = document.querySelector<HTMLInputElement>('.choices input:checked')?.value;
  return {
    answer: replyAnswers.find((answer) => answer === chosen) ?? null,
    text: document.querySelector<HTMLTextAreaElement>('.extra textarea')?.value ?? '',
  };
}

function missing({ answer, text }: ReplyDraft): string {
  if (answer === null) return developmentText['reply.choose'];
  const count = text.trim().length;
  return count > MAX_TEXT ? fill(developmentText['reply.tooLong'], { max: MAX_TEXT, count }) : '';
}
