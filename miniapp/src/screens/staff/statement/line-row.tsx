import { money } from '@shigang/shared';
import type { StatementAnswer, StatementLine } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { lineDay, lineNote, lineTitle } from './line-words.ts';

export interface LineRowProps {
  line: StatementLine;
  answer: StatementAnswer;
  onOpen: (line: StatementLine, link: HTMLElement) => void;
}

/** A line as a link to its own address; with scripts the sheet opens in place. */
export function LineRow({ line, answer, onOpen }: LineRowProps): ReactNode {
  return (
    <a
      className="line"
      href={paths.statementLine(line.id, answer.period)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        onOpen(line, event.currentTarget);
      }}
    >
      <div>
        <h3>{lineTitle(line)}</h3>
        <p className="n">
          <span>{lineNote(line)}</span>
          <span className="day">{lineDay(line, answer.nowAt)}</span>
        </p>
      </div>
      <b className="n">{money(line.amountFen)}</b>
      <Icon name="right" size="x" />
    </a>
  );
}
