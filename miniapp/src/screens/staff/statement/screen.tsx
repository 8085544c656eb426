import type { StatementAnswer, StatementLine } from '@shigang/shared/answers';
import { useCallback, useRef } from 'preact/hooks';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { Page } from '../../../staff/page.tsx';
import { GroupCard } from './group-card.tsx';
import { CorrectionsCard } from './corrections-card.tsx';
import { LineSheet } from './line-sheet.tsx';
import { SummaryCard } from './summary-card.tsx';
import { useOpenLine } from './use-open-line.ts';

/** A quarter's (or month's) statement: parts, lines, and a line's formula and source in a sheet. */
export function StatementScreen({
  answer,
  lineId,
}: {
  answer: StatementAnswer;
  lineId: string | null;
}): ReactNode {
  const sheet = useOpenLine(lineId, answer.period);
  const opener = useRef<HTMLElement | null>(null);
  const lines = [...answer.groups.flatMap((group) => group.lines), ...answer.corrections];
  const shown = lines.find((line) => line.id === sheet.lineId) ?? null;
  const { close } = sheet;
  const closeAndReturn = useCallback(() => {
    close();
    opener.current?.focus();
  }, [close]);
  const open = (line: StatementLine, link: HTMLElement): void => {
    opener.current = link;
    sheet.open(line.id);
  };
  return (
    <>
      <Page page="statement" head={answer}>
        <SummaryCard answer={answer} />
        {answer.groups.map((group) => (
          <GroupCard key={group.component + group.kind} group={group} answer={answer} onOpen={open} />
        ))}
        <CorrectionsCard answer={answer} onOpen={open} />
      </Page>
      {shown ? (
        <LineSheet line={shown} closeHref={paths.statement(answer.period)} onClose={closeAndReturn} />
      ) : null}
    </>
  );
}
