import { deskText, fill } from '@shigang/shared';
import type { ReactNode } from 'react';
import { DeskError } from '../api/desk-client.ts';

/** One text whether something is not there or not the viewer's; anything else can be tried again. */
export function DeskProblem({ error, onRetry }: { error: Error; onRetry: () => void }): ReactNode {
  const { status, number } = error instanceof DeskError ? error : { status: 0, number: null };
  const isDenied = status === 403 || status === 404;
  if (status === 401) {
    return (
      <DeskNotice title={deskText['desk.reopen']} hint="">
        <button className="btn" onClick={() => location.reload()}>
          {deskText['desk.retry']}
        </button>
      </DeskNotice>
    );
  }
  return (
    <DeskNotice
      title={deskText[isDenied ? 'desk.denied' : 'desk.failed']}
      hint={deskText[isDenied ? 'desk.deniedHint' : 'desk.failedHint']}
    >
      {number === null ? null : <p className="n">{fill(deskText['desk.number'], { number })}</p>}
      {isDenied ? null : (
        <button className="btn" onClick={onRetry}>
          {deskText['desk.retry']}
        </button>
      )}
    </DeskNotice>
  );
}

interface DeskNoticeProps {
  title: string;
  hint: string;
  /** Whether it stands alone: its title is the page's. */
  isPage?: boolean;
  children?: ReactNode;
}

export function DeskNotice({ title, hint, isPage = false, children }: DeskNoticeProps): ReactNode {
  return (
    <div className="empty" role="status">
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p>{hint}</p>
      {children}
    </div>
  );
}
