import { developmentText, staffText } from '@shigang/shared';
import type { DevelopmentAnswer, DevelopmentNotice } from '@shigang/shared/answers';
import { useState } from 'preact/hooks';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { Empty } from '../../../staff/empty.tsx';
import { Page } from '../../../staff/page.tsx';
import { PeriodMenu } from '../../../staff/period-menu.tsx';
import { FileCard } from './file-card.tsx';
import { NoticeCard } from './notice-card.tsx';
import { ReplyCard } from './reply-card.tsx';
import { TimelineCard } from './timeline-card.tsx';
import { TrainingCard } from './training-card.tsx';

/** What was decided and why, the person's reply, how far it is, courses, and the file, in this order. */
export function DevelopmentScreen({ first }: { first: DevelopmentAnswer }): ReactNode {
  const [answer, setAnswer] = useState(first);
  const { notice, periods, nowAt } = answer;
  return (
    <Page page="development" head={answer}>
      <header className="greet">
        <strong>{staffText['title.development']}</strong>
        {notice ? <PeriodMenu period={notice.period} periods={periods} hrefOf={paths.development} /> : null}
      </header>
      {notice ? <Notice notice={notice} nowAt={nowAt} onNews={setAnswer} /> : <Nothing />}
    </Page>
  );
}

interface NoticeProps {
  notice: DevelopmentNotice;
  nowAt: string;
  onNews: (answer: DevelopmentAnswer) => void;
}

function Notice({ notice, nowAt, onNews }: NoticeProps): ReactNode {
  return (
    <>
      <NoticeCard notice={notice} nowAt={nowAt} />
      {notice.reply ? (
        <ReplyCard
          decisionId={notice.decisionId}
          period={notice.period}
          reply={notice.reply}
          nowAt={nowAt}
          onNews={onNews}
        />
      ) : null}
      {notice.timeline.length > 0 ? <TimelineCard timeline={notice.timeline} nowAt={nowAt} /> : null}
      {notice.training ? <TrainingCard training={notice.training} nowAt={nowAt} /> : null}
      <FileCard file={notice.file} nowAt={nowAt} />
    </>
  );
}

const Nothing = (): ReactNode => (
  <section className="card">
    <Empty title={developmentText['development.empty']} hint={developmentText['development.emptyHint']}>
      <a className="btn o" href={paths.match()}>
        {developmentText['development.emptyLink']}
      </a>
    </Empty>
  </section>
);
