import { fill, instantName, staffText } from '@shigang/shared';
import type { AnswerHead } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { staffPages, type PageName } from './pages.ts';
import { TabBar } from './tab-bar.tsx';

/** The title bar's words. */
export const titleOf = (page: PageName): string =>
  staffText[page === 'problem' ? 'title.problem' : staffPages[page].title];

interface PageProps {
  page: PageName;
  /** Null: nothing is known of the viewer, and there are no tabs. */
  head: AnswerHead | null;
  children: ReactNode;
}

/** The frame of a staff page. The title bar is DingTalk's; the heading here is for screen readers. */
export function Page({ page, head, children }: PageProps): ReactNode {
  return (
    <>
      <main className="page">
        <h1 className="sr">{titleOf(page)}</h1>
        {head?.dataAt ? (
          <p className="offline" role="status">
            {fill(staffText['offline.banner'], { at: instantName(head.dataAt, '') })}
          </p>
        ) : null}
        {children}
      </main>
      {head === null || page === 'problem' ? null : <TabBar page={page} abilities={head.viewer.abilities} />}
    </>
  );
}
