import { fill, staffText } from '@shigang/shared';
import type { ReactNode } from 'react';
import type { ProblemAnswer } from '../../../staff/pages.ts';
import { paths } from '../../../staff/pages.ts';
import { Empty } from '../../../staff/empty.tsx';
import { Page } from '../../../staff/page.tsx';

const WORDS = {
  denied: [staffText['problem.denied'], staffText['problem.deniedHint']],
  failed: [staffText['problem.failed'], staffText['problem.failedHint']],
  no_statement: [staffText['statement.empty'], staffText['statement.emptyHint']],
} as const;

/** No permission, no data, or a failure: one text each, and a way back. */
export function ProblemScreen({ answer }: { answer: ProblemAnswer }): ReactNode {
  const [title, hint] = WORDS[answer.kind];
  return (
    <Page page="problem" head={null}>
      <section className="card">
        <Empty title={title} hint={hint}>
          {answer.number === null ? null : (
            <p className="n">{fill(staffText['problem.number'], { number: answer.number })}</p>
          )}
          <a className="btn" href={paths.home()}>
            {staffText['problem.home']}
          </a>
        </Empty>
      </section>
    </Page>
  );
}
