import type { ReactNode } from 'react';
import type { EvidenceAnswer } from '../../../api/answers.ts';
export function EvidenceScreen(_: { answer: EvidenceAnswer }): ReactNode {
  return null;
}
