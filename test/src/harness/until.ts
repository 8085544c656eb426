const EVERY_MS = 100;

/** Asks until `look` finds something; for what must come, however slow the machine. @throws Error naming what did not */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | undefined>,
  timeoutMs = 120_000,
): Promise<Found> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`did not come: ${what}`);
    await new Promise((done) => setTimeout(done, EVERY_MS));
  }
}
