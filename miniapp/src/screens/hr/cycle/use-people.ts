import type { CycleAnswer, CyclePeopleAnswer } from '@shigang/shared/answers';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { deskClient } from '../../../api/desk-client.ts';

/** Everyone of a cycle; read anew when the cycle has moved on, and every `everyMs` as long as it says so. */
export function usePeople(
  cycleId: string,
  cycle: CycleAnswer | undefined,
  everyMs: (people: CyclePeopleAnswer | undefined) => number | false = () => false,
): UseQueryResult<CyclePeopleAnswer> {
  const people = useQuery({
    queryKey: ['people', cycleId],
    queryFn: ({ signal }) => deskClient.people(cycleId, signal),
    // A new answer replaces the old one whole; comparing 240,000 cells would find nothing to keep.
    structuralSharing: false,
    refetchInterval: ({ state }) => everyMs(state.data),
  });
  const state = cycle?.state;
  const known = useRef(state);
  const { refetch } = people;
  useEffect(() => {
    const hasMoved = known.current !== undefined && known.current !== state;
    known.current = state;
    if (hasMoved) void refetch();
  }, [state, refetch]);
  return people;
}
