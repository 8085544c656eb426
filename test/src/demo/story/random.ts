/**
 * Seeded random numbers for demo and bench data. Integers only: the same seed gives the same rows on every
 * machine and Node version. Each person and kind has a stream of its own, so that a change in one kind of
 * record leaves all others as they were.
 */
export interface Random {
  /** Integer in `[min, max]`, both included. */
  int(min: number, max: number): number;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** `count` different elements in their original order. */
  sample<T>(list: readonly T[], count: number): T[];
}

/** FNV-1a of the text: turns a stream's name into its seed. */
const seedOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
};

/** A stream of random numbers (mulberry32) that belongs to the given name. */
export function randomOf(name: string): Random {
  let state = seedOf(name);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const int = (min: number, max: number): number => min + (next() % (max - min + 1));
  const pick = <T>(list: readonly T[]): T => {
    const found = list[int(0, list.length - 1)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  return {
    int,
    pick,
    chance: (percent) => int(1, 100) <= percent,
    sample: (list, count) => {
      const left = list.map((_, index) => index);
      const taken = new Set<number>();
      while (taken.size < Math.min(count, list.length)) {
        taken.add(left.splice(int(0, left.length - 1), 1)[0] ?? 0);
      }
      return list.filter((_, index) => taken.has(index));
    },
  };
}

/** `count` integers in `[min, max]` whose sum is exactly `total`. @throws Error when no such list exists */
export function spread(
  random: Random,
  total: number,
  count: number,
  [min, max]: readonly [number, number],
): number[] {
  if (count === 0 && total === 0) return [];
  if (total < min * count || total > max * count)
    throw new Error(`cannot spread ${total} over ${count} in ${min}–${max}`);
  const parts = Array.from(
    { length: count },
    (_, index) => Math.floor(total / count) + (index < total % count ? 1 : 0),
  );
  for (let round = 0; round < count * 6; round += 1) {
    const from = random.int(0, count - 1);
    const to = random.int(0, count - 1);
    const move = Math.min(
      (parts[from] ?? 0) - min,
      max - (parts[to] ?? 0),
      random.int(1, Math.max(1, (max - min) >> 1)),
    );
    if (from === to || move <= 0) continue;
    parts[from] = (parts[from] ?? 0) - move;
    parts[to] = (parts[to] ?? 0) + move;
  }
  return parts;
}
