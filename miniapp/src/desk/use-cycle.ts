import type { CycleAnswer, CycleListAnswer, CycleSummary } from '@shigang/shared/answers';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { deskClient } from '../api/desk-client.ts';
import type { Route } from './screens.ts';

/** How often a computation is looked at. */
const LOOK_MS = 2_000;

/** All cycles that the viewer may see, newest first. */
export const useCycles = (): UseQueryResult<CycleListAnswer> =>
  useQuery({ queryKey: ['cycles'], queryFn: ({ signal }) => deskClient.cycles(signal) });

/** The head of a cycle; looked at again while it is computing. Null: none yet. */
export const useCycle = (cycleId: string | null): UseQueryResult<CycleAnswer> =>
  useQuery({
    queryKey: ['cycle', cycleId],
    queryFn: ({ signal }) => deskClient.cycle(cycleId ?? '', signal),
    enabled: cycleId !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'computing' ? LOOK_MS : false),
  });

/**
 * Quarter and role of an address: the cycle in its path, else `?period=&role=`, else the newest. Null: an unknown one,
 * or none at all.
 */
export function cycleOf(
  cycles: readonly CycleSummary[],
  route: Route | null,
  href: string,
): CycleSummary | null {
  const cycleId = route?.keys['cycleId'];
  if (cycleId !== undefined) return cycles.find((one) => one.cycleId === cycleId) ?? null;
  const query = new URLSearchParams(href.split('?')[1] ?? '');
  const [period, role] = [query.get('period'), query.get('role')];
  const isMeant = (one: CycleSummary): boolean =>
    (period === null || one.period === period) && (role === null || one.role === role);
  return cycles.find(isMeant) ?? null;
}

/** The cycle of another quarter (with the same role where there is one) or of another role. */
export function cycleFor(
  cycles: readonly CycleSummary[],
  asked: { readonly period: string; readonly role: CycleSummary['role'] | undefined },
): CycleSummary | null {
  const ofPeriod = cycles.filter(({ period }) => period === asked.period);
  return ofPeriod.find(({ role }) => role === asked.role) ?? ofPeriod[0] ?? null;
}
