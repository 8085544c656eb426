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

test('what a sentence names is what has to be given: nothing less, nothing more', () => {
  const made = [
    new AppError('period.invalid', { value: '2026-07' }),
    new AppError('access.denied'),
    new AppError('access.denied', {}, { cause: new Error('inside') }),
    // @ts-expect-error the sentence names a value
    new AppError('period.invalid'),
    // @ts-expect-error under another name
    new AppError('period.invalid', { text: '2026-07' }),
    // @ts-expect-error one of two is missing
    new AppError('sync.scope_unsupported', { scope: 'x' }),
    // @ts-expect-error nobody would ever see it
    new AppError('access.denied', { userId: 'zhangsan' }),
    // @ts-expect-error a surplus one beside the right one
    new AppError('period.invalid', { value: '2026-07', userId: 'zhangsan' }),
  ];
  expect(made.every((error) => error instanceof AppError)).toBe(true);
});

test('what only the log should know stands beside the parameters', () => {
  const error = new AppError('internal', {}, { about: { userId: 'zhangsan' } });
  expect([error.params, error.message.includes('zhangsan')]).toEqual([{ userId: 'zhangsan' }, false]);
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
