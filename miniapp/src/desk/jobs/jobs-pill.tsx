import { fill, jobsText } from '@shigang/shared';
import type { JobRunView } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { PanelHead } from '../panel-head.tsx';
import { usePanel } from '../use-panel.ts';
import { JobList } from './job-list.tsx';
import { isUnderWay, percentOf, useJobRuns } from './use-job-runs.ts';

/** What is running, as one pill; without anything under way there is none. Its panel has them all. */
export function JobsPill(): ReactNode {
  const runs = useJobRuns().data?.runs ?? [];
  const { isOpen, button, panel } = usePanel('jobs');
  const active = runs.filter(isUnderWay);
  const [first] = [...active].sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running'));
  // An open panel stays when the last one has come to its end.
  if (first === undefined && !isOpen) return null;
  return (
    <div className="pop-place">
      <button className="jobs-pill n" {...button}>
        <Ring percent={first ? percentOf(first) : 100} />
        <span className="what">{pillText(first)}</span>
        {active.length > 1 ? <span>{fill(jobsText['jobs.more'], { count: active.length - 1 })}</span> : null}
      </button>
      {isOpen ? (
        <div className="pop jobs" role="dialog" aria-labelledby="jobs-title" {...panel}>
          <PanelHead id="jobs-title" title={jobsText['jobs.title']} note={null} />
          <JobList runs={runs} />
        </div>
      ) : null}
    </div>
  );
}

function pillText(first: JobRunView | undefined): string {
  if (first === undefined) return jobsText['jobs.over'];
  const percent = percentOf(first);
  return percent === null ? first.title : fill(jobsText['jobs.percent'], { title: first.title, percent });
}

/** Circumference of the ring, in its own units. */
const ROUND = 44;
function Ring({ percent }: { percent: number | null }): ReactNode {
  return (
    <svg className="ring" viewBox="0 0 18 18" aria-hidden="true">
      <circle cx="9" cy="9" r="7" />
      <circle
        cx="9"
        cy="9"
        r="7"
        strokeDasharray={ROUND}
        strokeDashoffset={(ROUND * (100 - (percent ?? 0))) / 100}
      />
    </svg>
  );
}
