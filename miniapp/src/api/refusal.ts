import type { ProblemDocument } from '@shigang/shared/answers';

/** What a refused request says to people and to programs. */
export interface Refusal {
  code: string;
  /** One clear Chinese sentence. */
  sentence: string;
}

/** What the problem document in a refused answer says; null when there is none (a proxy's page, a cut connection). */
export async function refusalIn(response: Response): Promise<Refusal | null> {
  const body = (await response.json().catch(() => null)) as Partial<
    Record<keyof ProblemDocument, unknown>
  > | null;
  const sentence = body?.title;
  const code = body?.code;
  return typeof sentence === 'string' && typeof code === 'string' ? { code, sentence } : null;
}
