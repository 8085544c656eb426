import { developmentText } from '@shigang/shared';
import type { DevelopmentAnswer, ReplyKept, ReplyRequest } from '@shigang/shared/answers';
import { refusalIn, type Refusal } from './refusal.ts';

/** The server said no; `problem` is its document, null when the answer was none. */
class ReplyRefused extends Error {
  readonly problem: Refusal | null;
  constructor(status: number, problem: Refusal | null) {
    super(`status ${status}`);
    this.problem = problem;
  }
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`/api/v1${path}`, init);
  if (!response.ok) throw new ReplyRefused(response.status, await refusalIn(response));
  return (await response.json()) as T;
}

/** Sends a reply; the same one again changes nothing. @throws what {@link refusalOf} explains */
export const sendReply = (reply: ReplyRequest): Promise<ReplyKept> =>
  ask('/me/replies', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(reply),
  });

export const loadDevelopment = (period: string): Promise<DevelopmentAnswer> =>
  ask(`/me/development?period=${period}`, { headers: { accept: 'application/json' } });

/** What a person reads about a reply that was not taken, and whether the page shows something old. */
export function refusalOf(error: unknown): { sentence: string; isStale: boolean } {
  if (!(error instanceof ReplyRefused)) return { sentence: developmentText['reply.offline'], isStale: false };
  const { problem } = error;
  return {
    sentence: problem?.sentence ?? developmentText['reply.failed'],
    isStale: problem?.code.startsWith('reply.') ?? false,
  };
}
