/**
 * Does `work` and calls `renew` every `everyMs` of real time meanwhile, so that a lease or lock lives as long as its holder
 * and no longer. A renewal that fails is left to the next one.
 */
export async function whileRenewing<Result>(
  everyMs: number,
  renew: () => Promise<unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  const timer = setInterval(() => void renew().catch(() => undefined), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
