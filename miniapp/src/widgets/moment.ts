import { dayName, instantName } from '@shigang/shared';

const DAY = '2026-10-12'.length;

/** An instant as 今天 09:30, a day alone as 10月16日. */
export const momentName = (at: string, nowAt: string): string =>
  at.length > DAY ? instantName(at, nowAt) : dayName(at, nowAt);
