import type { ReplyAnswer } from '@shigang/shared';

/** What a person wrote and has not sent yet. */
export interface ReplyDraft {
  answer: ReplyAnswer | null;
  text: string;
}

const EMPTY: ReplyDraft = { answer: null, text: '' };
const keyOf = (decisionId: string): string => `reply/${decisionId}`;

/** A WebView may forbid storage: then the draft lives as long as the page. */
function tried<T>(act: () => T, otherwise: T): T {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

export const readDraft = (decisionId: string): ReplyDraft =>
  tried(() => {
    const kept = localStorage.getItem(keyOf(decisionId));
    return kept === null ? EMPTY : (JSON.parse(kept) as ReplyDraft);
  }, EMPTY);

export const keepDraft = (decisionId: string, draft: ReplyDraft): void =>
  tried(() => localStorage.setItem(keyOf(decisionId), JSON.stringify(draft)), undefined);

export const forgetDraft = (decisionId: string): void =>
  tried(() => localStorage.removeItem(keyOf(decisionId)), undefined);
