import { FULL_SHARE_BP, type Credit } from '@shigang/shared';
import { readJson } from '../../../platform/json.ts';
import type { SqlScalar } from '../../../platform/database.ts';
import type { Get, StatedCredit } from './kind.ts';

/**
 * Shares as stored: JSON `[[userid, bp] …]` by userid, so that another order of entry is no change; null where the
 * record's own employee has all of it.
 */
export function creditsText(fact: {
  readonly userId: string;
  readonly credits: readonly StatedCredit[] | null;
}): string | null {
  const { credits } = fact;
  if (credits === null || (credits.length === 1 && credits[0]?.userId === fact.userId)) return null;
  const ordered = [...credits].sort((a, b) => (a.userId < b.userId ? -1 : 1));
  return JSON.stringify(ordered.map((credit) => [credit.userId, credit.bp]));
}

/** Whose money a stored row is: its stated shares, else the employee alone. */
export function creditsOf(userId: SqlScalar | undefined, stored: SqlScalar | undefined): Credit[] {
  if (typeof stored !== 'string') return [{ userId: String(userId), bp: FULL_SHARE_BP }];
  return readJson<[string, number][]>(stored).map(([person, bp]) => ({ userId: person, bp }));
}

/** People with a stated share. */
export const statedIds = (get: Get): string[] =>
  typeof get('credits') === 'string' ? creditsOf(null, get('credits')).map((credit) => credit.userId) : [];
