import { componentNames, fill, money, staffText } from '@shigang/shared';
import type { StatementAnswer, StatementGroup, StatementLine } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { componentColour } from '../../../widgets/component-colour.ts';
import { LineRow } from './line-row.tsx';

interface GroupCardProps {
  group: StatementGroup;
  answer: StatementAnswer;
  onOpen: (line: StatementLine, link: HTMLElement) => void;
}

/** Lines shown before "the rest": three fit one screen with four components. */
const SHOWN = 3;

/** One component with its lines, newest first. */
export function GroupCard({ group, answer, onOpen }: GroupCardProps): ReactNode {
  const row = (line: StatementLine): ReactNode => (
    <LineRow key={line.id} line={line} answer={answer} onOpen={onOpen} />
  );
  const lines = [...group.lines].sort((a, b) =>
    a.anchorOn === b.anchorOn ? 0 : a.anchorOn < b.anchorOn ? 1 : -1,
  );
  // A rest of one line would take as much room as the line itself.
  const split = lines.length > SHOWN + 1 ? SHOWN : lines.length;
  const rest = lines.slice(split);
  return (
    <section className="card flush">
      <header className="group">
        <svg className={`dot f${componentColour(group.kind)}`} aria-hidden="true">
          <rect width="8" height="8" rx="2" />
        </svg>
        <h2>{componentNames[group.kind].name}</h2>
        <small>{countOf(group)}</small>
        <b className="n">{money(group.amountFen)}</b>
      </header>
      {lines.slice(0, split).map(row)}
      {rest.length === 0 ? null : (
        <details className="rest">
          <summary>{fill(staffText['statement.more'], { count: rest.length })}</summary>
          {rest.map(row)}
        </details>
      )}
    </section>
  );
}

function countOf({ kind, lines }: StatementGroup): string {
  if (lines.length === 0) return staffText['statement.emptyGroup'];
  if (kind === 'satisfaction_bonus' || kind === 'weighted_index_bonus')
    return staffText['statement.byQuarter'];
  const words = kind === 'coordination_reward' ? 'statement.countTimes' : 'statement.count';
  return fill(staffText[words], { count: lines.length });
}
