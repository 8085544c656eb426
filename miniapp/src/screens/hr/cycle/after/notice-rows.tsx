import { decideText, fill, instantName, noticeStateNames } from '@shigang/shared';
import type { PersonNotice } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { deskClient, type PersonRef } from '../../../../api/desk-client.ts';
import { useWrite } from '../../../../desk/use-write.ts';

interface NoticeRowsProps {
  of: PersonRef;
  notices: readonly PersonNotice[];
  nowAt: string;
}

/** Notices with what DingTalk tells about them; one that did not arrive can go out in other words. */
export function NoticeRows({ of, notices, nowAt }: NoticeRowsProps): ReactNode {
  const resend = useWrite({
    act: (noticeId: string) => deskClient.resend(of, { noticeId }),
    onDone: () => undefined,
  });
  if (notices.length === 0) return null;
  return (
    <div className="notices n">
      <h4>{decideText['after.notices']}</h4>
      <ul>
        {notices.map((notice) => (
          <li key={notice.noticeId}>
            <div>
              <span>{notice.title}</span>
              <small>{stateText(notice, nowAt)}</small>
            </div>
            {notice.mayResend ? (
              <button
                className="btn o"
                aria-disabled={resend.isBusy}
                onClick={() => resend.run(notice.noticeId)}
              >
                {decideText[resend.isBusy ? 'after.resending' : 'after.resend']}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="trouble" role="alert">
        {resend.trouble}
      </p>
    </div>
  );
}

function stateText({ state, sentAt, seenAt }: PersonNotice, nowAt: string): string {
  const pieces = [
    noticeStateNames[state],
    sentAt === null ? null : instantName(sentAt, nowAt),
    seenAt === null ? null : fill(decideText['after.seen'], { at: instantName(seenAt, nowAt) }),
  ];
  return pieces.filter((piece) => piece !== null).join(' · ');
}
