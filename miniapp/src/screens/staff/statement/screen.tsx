import type { ReactNode } from 'react';
import type { StatementAnswer } from '../../../api/answers.ts';
export function StatementScreen(_: { answer: StatementAnswer; lineId: string | null }): ReactNode {
  return null;
}
