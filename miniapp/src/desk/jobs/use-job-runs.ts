import type { JobRunsAnswer, JobRunView } from '@shigang/shared/answers';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { deskClient } from '../../api/desk-client.ts';

/** How often is looked while something runs, and while nothing does. */
const LOOK_MS = 2_000;
const IDLE_MS = 30_000;

export const isUnderWay = ({ state }: JobRunView): boolean => state === 'queued' || state === 'running';

/** Long work of today: what runs or waits, and what is over. */
export const useJobRuns = (): UseQueryResult<JobRunsAnswer> =>
  useQuery({
    queryKey: ['job-runs'],
    queryFn: ({ signal }) => deskClient.jobRuns(signal),
    refetchInterval: ({ state }) => (state.data?.runs.some(isUnderWay) ? LOOK_MS : IDLE_MS),
  });

/** Whole percent of a run; null: how much there is to do is not known yet. */
export const percentOf = ({ done, total }: JobRunView): number | null =>
  total === null || total === 0 ? null : Math.min(Math.floor((done * 100) / total), 100);
