import { errorCatalogue, type ErrorCode } from '../messages/errors.ts';
import { AppError, sentenceOf } from './app-error.ts';
import { itemAt } from './item-at.ts';

test('an error carries code, parameters, status and the sentence with its parameters filled in', () => {
  const cause = new Error('inside');
  const error = new AppError('period.invalid', { value: '2026-07' }, { cause });
  expect(error).toMatchObject({
    name: 'AppError',
    code: 'period.invalid',
    status: 422,
    params: { value: '2026-07' },
  });
  expect(error.message).toBe('“2026-07”不是有效的期间，请写成 2026Q3。');
  expect(error.cause).toBe(cause);
});

test('a parameter that is missing or null leaves no hole in braces', () => {
  expect(sentenceOf('period.invalid', {})).toBe('“”不是有效的期间，请写成 2026Q3。');
  expect(sentenceOf('period.invalid', { value: null })).not.toContain('{');
});

test.each(Object.keys(errorCatalogue) as ErrorCode[])('%s has a status and one Chinese sentence', (code) => {
  expect([400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 502, 503]).toContain(errorCatalogue[code].status);
  expect(errorCatalogue[code].text).toMatch(/[\u4e00-\u9fff]/);
});

test('a position that must exist and does not is our own mistake', () => {
  expect(itemAt([7], 0)).toBe(7);
  expect(() => itemAt([7], 1)).toThrow(expect.objectContaining({ code: 'internal' }));
});
