import { dayName, developmentText, fill, salesRoleNames } from '@shigang/shared';
import type { DevelopmentNotice } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { paths } from '../../../staff/pages.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { TierChip } from '../../../widgets/tier-chip.tsx';

/** The words of the card again, with reasons, the next step, and the change that is offered. */
export function NoticeCard({ notice, nowAt }: { notice: DevelopmentNotice; nowAt: string }): ReactNode {
  const { tier, period, publishedOn, headline, summary, reasons, reached, nextStep } = notice;
  return (
    <section className="card offer" aria-labelledby="headline">
      <div className="head">
        <TierChip tier={tier} />
        <small>{fill(developmentText['development.published'], { day: dayName(publishedOn, nowAt) })}</small>
      </div>
      <h2 id="headline">{headline}</h2>
      <p>{summary}</p>
      <Change notice={notice} nowAt={nowAt} />
      {reasons.length > 0 ? (
        <ul className="reasons n" aria-label={developmentText['development.reasons']}>
          {reasons.map((reason, at) => (
            <li key={reason}>
              <Icon name={reached[at] ? 'check' : 'plus'} size="s" />
              <span>{reason}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <p className="next">
        <b>{developmentText['development.next']}</b> <span>{nextStep}</span>
      </p>
      <a className="link" href={paths.match(period)}>
        <span>{developmentText['development.evidence']}</span>
        <Icon name="right" size="x" />
      </a>
    </section>
  );
}

/** The present post beside the offered one; nothing where none is offered. */
function Change({ notice, nowAt }: { notice: DevelopmentNotice; nowAt: string }): ReactNode {
  const { presentRole, offeredRole, timeline } = notice;
  if (offeredRole === null || offeredRole === presentRole) return null;
  const day = timeline.find(({ kind }) => kind === 'effective')?.at ?? null;
  const when =
    day === null
      ? developmentText['development.thenAfter']
      : fill(developmentText['development.thenOn'], { day: dayName(day, nowAt) });
  return (
    <dl className="move">
      <div>
        <dt>{developmentText['development.now']}</dt>
        <dd>{salesRoleNames[presentRole]}</dd>
      </div>
      <Icon name="right" />
      <div>
        <dt>{when}</dt>
        <dd>{salesRoleNames[offeredRole]}</dd>
      </div>
    </dl>
  );
}
