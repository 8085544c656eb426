import { readJson, readJsonOrNull } from './json.ts';

test.each([['{"a":[1]}'], [Buffer.from('{"a":[1]}')], [{ a: [1] }]])(
  'a document comes back the same from text, bytes and a parsed column',
  (column) => expect(readJson(column)).toEqual({ a: [1] }),
);

test('an empty column is null, a broken one an error', () => {
  expect(readJsonOrNull(null)).toBeNull();
  expect(readJsonOrNull('0')).toBe(0);
  expect(() => readJson('{')).toThrow(SyntaxError);
});
