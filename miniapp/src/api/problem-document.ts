/** What a problem document (RFC 9457) of the server says to people and to programs. */
export interface ProblemDocument {
  code: string;
  /** One clear Chinese sentence. */
  sentence: string;
}

/** The document in a refused answer; null when there is none (a proxy's page, a cut connection). */
export async function problemIn(response: Response): Promise<ProblemDocument | null> {
  const body = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  const sentence = body?.['detail'] ?? body?.['title'];
  const code = body?.['code'];
  return typeof sentence === 'string' && typeof code === 'string' ? { code, sentence } : null;
}
