import { Chance } from '../../org/chance.ts';

/**
 * Where the documents leave a form open (a sample and a table that differ, a field that is sometimes missing), real
 * answers may have either. The simulator gives each form now and then, in an order that its seed decides, so that
 * whoever reads the answers accepts them all.
 */
export class Variation {
  readonly #chance: Chance | undefined;

  /** @param seed null: always the documented form */
  constructor(seed: number | null) {
    this.#chance = seed === null ? undefined : new Chance(seed);
  }

  /** @returns the first form mostly, one of the others in about every fifth answer */
  form<T>(usual: T, ...others: T[]): T {
    if (this.#chance === undefined || others.length === 0) return usual;
    return this.#chance.next() < 0.8 ? usual : this.#chance.pick(others);
  }
}
