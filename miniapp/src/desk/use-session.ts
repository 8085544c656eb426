import type { SessionAnswer } from '@shigang/shared/answers';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { deskClient } from '../api/desk-client.ts';

/** Who is signed in, and which doors are open to them. */
export const useSession = (): UseQueryResult<SessionAnswer> =>
  useQuery({ queryKey: ['session'], queryFn: ({ signal }) => deskClient.session(signal) });
