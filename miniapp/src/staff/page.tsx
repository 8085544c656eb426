import { fill, instantName, staffText } from '@shigang/shared';
import type { AnswerHead } from '@shigang/shared/answers';
import type { ReactNode } from 'react';

/** The frame of a staff page. The title bar is DingTalk's; the heading here is for screen readers. */
export function Page({
  title,
  head,
  children,
}: {
  title: string;
  head: AnswerHead | null;
  children: ReactNode;
}): ReactNode {
  return (
    <main className="page">
      <h1 className="sr">{title}</h1>
      {head?.dataAt ? (
        <p className="offline" role="status">
          {fill(staffText['offline.banner'], { at: instantName(head.dataAt, '') })}
        </p>
      ) : null}
      {children}
    </main>
  );
}

/** An empty state: when something will be here, and one useful act if there is any. */
export function Empty({
  title,
  hint,
  children,
}: {
  title: string;
  hint: string;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{hint}</p>
      {children}
    </div>
  );
}
