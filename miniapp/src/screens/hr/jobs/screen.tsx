import { jobsText } from '@shigang/shared';
import type { ReactNode } from 'react';
import { JobList } from '../../../desk/jobs/job-list.tsx';
import { useJobRuns } from '../../../desk/jobs/use-job-runs.ts';
import { DeskProblem } from '../../../desk/problem.tsx';
import { useTitle } from '../../../desk/use-title.ts';

/** Long work of today, as a page: what runs, what waits, what came of the rest. */
export function JobsScreen(): ReactNode {
  useTitle(jobsText['jobs.title']);
  const { data, error, refetch } = useJobRuns();
  return (
    <>
      <div className="heading">
        <h1>{jobsText['jobs.title']}</h1>
      </div>
      {error ? <DeskProblem error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <section className="panel">
          <JobList runs={data.runs} />
        </section>
      ) : null}
    </>
  );
}
