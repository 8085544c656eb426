import fc from 'fast-check';
import { programOf, type Axis } from './program.ts';
import { NEVER, UNKNOWN } from './records.ts';

/** More numbers than are compared in one go, and fewer. */
const axes: readonly Axis[] = [
  { field: 1, ats: [-NEVER, 0, 3, 4, 9], stride: 4 },
  { field: 0, ats: [2, 5, 7], stride: 1 },
];
const cells = Array.from({ length: 24 }, (_, cell) => [{ do: 'count', slot: cell } as const]);
const program = programOf({ axes, cells });

const value = fc.oneof(fc.integer({ min: -2, max: 11 }), fc.constantFrom(UNKNOWN, NEVER));

test('a record adds in the one cell that its numbers lie in; an unknown one lies before all', () => {
  fc.assert(
    fc.property(value, value, (first, second) => {
      const passed = (axis: number, of: number): number =>
        axes[axis]?.ats.filter((at) => of >= at).length ?? 0;
      const data = new Float64Array(cells.length);
      program(data, 0, [first, second]);
      const expected = 4 * passed(0, second) + passed(1, first);
      expect([...data.keys()].filter((cell) => data[cell] !== 0)).toEqual([expected]);
    }),
  );
});
