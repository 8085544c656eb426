import { money, staffText } from '@shigang/shared';
import type { StatementAnswer, StatementLine } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { LineRow } from './line-row.tsx';

interface CorrectionsCardProps {
  answer: StatementAnswer;
  onOpen: (line: StatementLine, link: HTMLElement) => void;
}

/** Changes of closed quarters stand apart: the lines of those quarters never change. */
export function CorrectionsCard({ answer, onOpen }: CorrectionsCardProps): ReactNode {
  if (answer.corrections.length === 0) return null;
  const total = answer.corrections.reduce((sum, line) => sum + line.amountFen, 0);
  return (
    <section className="card flush">
      <header className="group">
        <svg className="dot f5" aria-hidden="true">
          <rect width="8" height="8" rx="2" />
        </svg>
        <h2>{staffText['statement.corrections']}</h2>
        <b className="n">{money(total)}</b>
        <p>{staffText['statement.correctionsHint']}</p>
      </header>
      {answer.corrections.map((line) => (
        <LineRow key={line.id} line={line} answer={answer} onOpen={onOpen} />
      ))}
    </section>
  );
}
