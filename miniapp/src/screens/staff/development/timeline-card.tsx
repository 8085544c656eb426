import { developmentText } from '@shigang/shared';
import type { TimelineStep } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { Icon } from '../../../widgets/icon.tsx';
import { momentName } from '../../../widgets/moment.ts';

/** How far the change is: what is done, where it stands, what comes. */
export function TimelineCard({
  timeline,
  nowAt,
}: {
  timeline: readonly TimelineStep[];
  nowAt: string;
}): ReactNode {
  return (
    <section className="card" aria-labelledby="timeline">
      <h2 id="timeline" className="small-title">
        {developmentText['timeline.title']}
      </h2>
      <ol className="timeline n">
        {timeline.map((step) => (
          <li
            key={step.kind + step.title}
            className={step.state}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <i>{step.state === 'done' ? <Icon name="check" size="x" /> : null}</i>
            <h3>
              <span>{step.title}</span>
              {step.state === 'done' ? (
                <span className="sr">{`（${developmentText['timeline.done']}）`}</span>
              ) : null}
            </h3>
            {step.at === null ? null : <time>{momentName(step.at, nowAt)}</time>}
            {step.detail === null ? null : <p>{step.detail}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
