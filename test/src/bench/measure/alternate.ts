/** Two pieces of work on the same data, to be compared in one process. */
export interface Sides {
  readonly ours: () => Promise<void> | void;
  readonly baseline: () => Promise<void> | void;
  /** Runs before each side, unmeasured. */
  readonly reset?: () => Promise<void> | void;
}

export interface Comparison {
  /** Medians in ms. */
  readonly oursMs: number;
  readonly baselineMs: number;
  /** Median of ours ÷ median of the baseline. */
  readonly ratio: number;
  readonly runs: number;
  /** Highest resident set while our side ran, MB. */
  readonly peakRssMb: number;
}

const MB = 1_048_576;
const SAMPLE_MS = 10;

/** Alternates the sides after one warm-up of each; the bar of a bench is a ratio of medians, never a time. */
export async function alternate(sides: Sides, runs = 5): Promise<Comparison> {
  const ours: number[] = [];
  const baseline: number[] = [];
  let peak = 0;
  for (let run = -1; run < runs; run += 1) {
    const base = await timed(sides.baseline, sides.reset);
    const own = await timed(sides.ours, sides.reset);
    peak = Math.max(peak, own.peakRss);
    if (run < 0) continue;
    baseline.push(base.ms);
    ours.push(own.ms);
  }
  const [oursMs, baselineMs] = [median(ours), median(baseline)];
  return {
    oursMs,
    baselineMs,
    ratio: Math.round((oursMs / baselineMs) * 1_000) / 1_000,
    runs,
    peakRssMb: Math.round(peak / MB),
  };
}

async function timed(
  work: () => Promise<void> | void,
  reset: (() => Promise<void> | void) | undefined,
): Promise<{ ms: number; peakRss: number }> {
  await reset?.();
  globalThis.gc?.();
  let peakRss = process.memoryUsage.rss();
  const timer = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const started = process.hrtime.bigint();
  await work();
  const ms = Math.round(Number(process.hrtime.bigint() - started) / 1e5) / 10;
  clearInterval(timer);
  return { ms, peakRss: Math.max(peakRss, process.memoryUsage.rss()) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** A number option of the bench's command line: `--employees=2000`. */
export function numberOption(name: string, preset: number): number {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  const value = given === undefined ? preset : Number(given.slice(name.length + 3));
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} must be a whole number`);
  return value;
}

/** A seeded source of whole numbers below a bound (a 32-bit generator, the same everywhere). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
