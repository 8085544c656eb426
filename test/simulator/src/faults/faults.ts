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
  /** A path, or its beginning followed by `*`; a method and a blank before it confine it to that method. */
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

/** A call by all names of its path: as the documents write it, and as it came. */
export interface StruckCall {
  method: string;
  paths: string[];
}

const isCount = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least;

export class Faults {
  #faults: Fault[] = [];
  #lastId = 0;

  /** @throws RangeError with a sentence for the caller */
  add({ match, kind, times, after }: FaultRequest): Fault {
    if (typeof match !== 'string' || !/^((GET|POST|PUT|DELETE) )?\//.test(match))
      throw new RangeError('match 应为以 / 开头的路径，前面可以有方法和空格');
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
  strike(call: StruckCall): FaultKind | undefined {
    const matching = this.#faults.filter((fault) => matches(fault.match, call));
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

const matches = (pattern: string, { method, paths }: StruckCall): boolean =>
  paths.some((path) =>
    [path, `${method} ${path}`].some((text) =>
      pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern,
    ),
  );
