import type { Period } from '../period/quarter.ts';

/** A version as far as its validity goes. */
export interface VersionFrom {
  readonly version: number;
  readonly validFrom: Period;
}

/**
 * Of one role's versions the one in force for a period: among those with the latest `validFrom` ≤ period the highest
 * version; null before the first (docs/formats.md §3).
 */
export function versionInForce<T extends VersionFrom>(versions: readonly T[], period: Period): T | null {
  let found: T | null = null;
  for (const candidate of versions) {
    if (candidate.validFrom > period) continue;
    const isLater =
      found === null ||
      candidate.validFrom > found.validFrom ||
      (candidate.validFrom === found.validFrom && candidate.version > found.version);
    if (isLater) found = candidate;
  }
  return found;
}
