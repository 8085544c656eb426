/** The troubles that can be switched on for calls whose path matches. */
export const FAULT_KINDS = [
  'qps',
  'quota',
  'busy',
  'http500',
  'html',
  'hang',
  'truncate',
  'token',
  'denied',
  'undelivered',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  id: number;
  /** A path, or its beginning followed by `*`. */
  match: string;
  kind: FaultKind;
  /** Calls that it still spoils; null: until it is taken away. */
  left: number | null;
  /** Calls that it still lets through before. */
  after: number;
  /** Calls spoilt so far. */
  hits: number;
}

export interface FaultRequest {
  match?: unknown;
  kind?: unknown;
  times?: unknown;
  after?: unknown;
}

const isCount = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least;

export class Faults {
  #faults: Fault[] = [];
  #lastId = 0;

  /** @throws RangeError with a sentence for the caller */
  add({ match, kind, times, after }: FaultRequest): Fault {
    if (typeof match !== 'string' || !match.startsWith('/'))
      throw new RangeError('match 应为以 / 开头的路径');
    if (!FAULT_KINDS.includes(kind as FaultKind))
      throw new RangeError(`kind 只能是 ${FAULT_KINDS.join('、')}`);
    if (times !== undefined && times !== null && !isCount(times, 1)) throw new RangeError('times 应为正整数');
    if (after !== undefined && after !== null && !isCount(after, 0))
      throw new RangeError('after 应为非负整数');
    const fault: Fault = {
      id: ++this.#lastId,
      match,
      kind: kind as FaultKind,
      left: isCount(times, 1) ? times : null,
      after: isCount(after, 0) ? after : 0,
      hits: 0,
    };
    this.#faults.push(fault);
    return { ...fault };
  }

  /** @param id one of them; without it all */
  clear(id?: number): void {
    this.#faults = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id);
  }

  /** Those that can still do something. */
  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** @returns what goes wrong with this call; of several faults the one that was set first */
  strike(path: string): FaultKind | undefined {
    const matching = this.#faults.filter((fault) => matches(fault.match, path));
    const ready = matching.filter((fault) => {
      if (fault.after === 0) return true;
      fault.after -= 1;
      return false;
    });
    const fault = ready[0];
    if (fault === undefined) return undefined;
    fault.hits += 1;
    if (fault.left !== null) fault.left -= 1;
    this.#faults = this.#faults.filter((other) => other.left !== 0);
    return fault.kind;
  }
}

const matches = (pattern: string, path: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
