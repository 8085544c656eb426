import type { ReactNode } from 'react';
import type { MatchAnswer } from '../../../api/answers.ts';
export function MatchScreen(_: { answer: MatchAnswer }): ReactNode {
  return null;
}
