import { AppError } from '../../errors/app-error.ts';
import { decimalOfNumber } from '../../money/decimal.ts';

/**
 * Reads one JSON object of a plan file by name, remembers which names were read and refuses the others, so that a
 * misspelt field never passes as its default. Every refusal names the field by its path (`components[0].rateBp`).
 */
export class JsonObject {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();

  constructor(
    value: unknown,
    readonly path: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalid(path === '' ? '(file)' : path, '应是一个对象');
    }
    this.#fields = value as Record<string, unknown>;
  }

  pathOf(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  /** The raw value, `undefined` when absent. */
  get(name: string): unknown {
    this.#read.add(name);
    return this.#fields[name];
  }

  text(name: string, pattern: RegExp, what: string): string {
    const value = this.get(name);
    if (typeof value !== 'string' || !pattern.test(value)) throw invalid(this.pathOf(name), what);
    return value;
  }

  /** An integer between `min` and `max`, both included. */
  integer(name: string, min: number, max: number): number {
    return this.decimal(name, 0, { min, max });
  }

  /** A decimal as written with at most `places` decimals → integer at that scale; the bounds are at that scale too. */
  decimal(name: string, places: number, bounds: { readonly min: number; readonly max: number }): number {
    const value = this.get(name);
    const scaled = typeof value === 'number' ? decimalOfNumber(value, places) : null;
    if (scaled === null) {
      throw invalid(this.pathOf(name), places === 0 ? '应是整数' : `应是最多 ${places} 位小数的数`);
    }
    if (scaled < bounds.min || scaled > bounds.max) throw invalid(this.pathOf(name), '超出允许的范围');
    return scaled;
  }

  boolean(name: string, fallback: boolean): boolean {
    const value = this.get(name) ?? fallback;
    if (typeof value !== 'boolean') throw invalid(this.pathOf(name), '应是 true 或 false');
    return value;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    return oneOf(this.get(name), allowed, this.pathOf(name));
  }

  /** The objects of a list with `min` to `max` entries. */
  objects(name: string, min: number, max: number): JsonObject[] {
    return listOf(this.get(name), this.pathOf(name), { min, max }).map(
      (entry, position) => new JsonObject(entry, `${this.pathOf(name)}[${position}]`),
    );
  }

  /** Call last. @throws AppError plan.invalid naming a field that nothing read */
  refuseUnknown(): void {
    for (const name of Object.keys(this.#fields)) {
      if (!this.#read.has(name)) throw invalid(this.pathOf(name), '不认识这一项');
    }
  }
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[], path: string): T {
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw invalid(path, `应是 ${allowed.join('、')} 之一`);
  return found;
}

export function listOf(
  value: unknown,
  path: string,
  bounds: { readonly min: number; readonly max: number },
): readonly unknown[] {
  if (!Array.isArray(value) || value.length < bounds.min || value.length > bounds.max) {
    throw invalid(path, `应是 ${bounds.min} 到 ${bounds.max} 项的列表`);
  }
  return value;
}

export const invalid = (field: string, detail: string): AppError =>
  new AppError('plan.invalid', { field, detail });
