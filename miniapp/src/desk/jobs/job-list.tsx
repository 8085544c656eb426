import { jobsText } from '@shigang/shared';
import type { JobRunView } from '@shigang/shared/answers';
import type { ReactNode } from 'react';
import { DeskNotice } from '../problem.tsx';
import { JobRow } from './job-row.tsx';
import { isUnderWay } from './use-job-runs.ts';

/** Long work: what is under way first, then what is over today. */
export function JobList({ runs }: { runs: readonly JobRunView[] }): ReactNode {
  const [active, over] = [runs.filter(isUnderWay), runs.filter((run) => !isUnderWay(run))];
  if (runs.length === 0) return <DeskNotice title={jobsText['jobs.none']} hint={jobsText['jobs.noneHint']} />;
  return (
    <>
      <ul className="job-list n">
        {active.map((run) => (
          <JobRow key={run.runId} run={run} />
        ))}
      </ul>
      {over.length === 0 ? null : (
        <>
          <p className="job-part" id="jobs-today">
            {jobsText['jobs.today']}
          </p>
          <ul className="job-list n" aria-labelledby="jobs-today">
            {over.map((run) => (
              <JobRow key={run.runId} run={run} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
