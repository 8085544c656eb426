import { fill, instantName, jobsText } from '@shigang/shared';
import type { JobRunView } from '@shigang/shared/answers';
import { useState, type ReactNode } from 'react';
import { deskClient } from '../../api/desk-client.ts';
import { useWrite } from '../use-write.ts';
import { percentOf } from './use-job-runs.ts';

/** One piece of long work; stopping it says first what stays. */
export function JobRow({ run }: { run: JobRunView }): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const cancel = useWrite({
    act: () => deskClient.cancelJobRun(run.runId),
    onDone: () => setAsking(false),
    failed: jobsText['jobs.cancelFailed'],
  });
  const { title, state, sentence, startedBy, startedAt, finishedAt, mayCancel } = run;
  return (
    <li>
      <div>
        <strong>{title}</strong>
        {state === 'running' ? null : <em>{jobsText[`jobs.${state}`]}</em>}
        {mayCancel && !isAsking ? (
          <button className="btn o" onClick={() => setAsking(true)}>
            {jobsText['jobs.cancel']}
          </button>
        ) : null}
      </div>
      {state === 'running' ? <Progress run={run} /> : null}
      <p>{sentence}</p>
      <small>
        {fill(jobsText['jobs.by'], { name: startedBy, at: instantName(finishedAt ?? startedAt, '') })}
      </small>
      {isAsking && mayCancel ? (
        <div className="job-ask" role="group" aria-label={jobsText['jobs.cancel']}>
          <span>{jobsText['jobs.cancelHint']}</span>
          <button className="plain" onClick={() => setAsking(false)}>
            {jobsText['jobs.cancelNot']}
          </button>
          <button className="btn" aria-disabled={cancel.isBusy} onClick={() => cancel.run(undefined)}>
            {jobsText['jobs.cancelIt']}
          </button>
        </div>
      ) : null}
      <p className="trouble" role="alert">
        {cancel.trouble}
      </p>
    </li>
  );
}

/** How far it is; without an end in sight the bar says only that it goes on. */
function Progress({ run }: { run: JobRunView }): ReactNode {
  const percent = percentOf(run);
  if (percent === null) return <progress aria-label={run.title} />;
  return <progress max={100} value={percent} aria-label={run.title} />;
}
