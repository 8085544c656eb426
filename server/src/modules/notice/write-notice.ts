import type { Sql, SqlScalar, Tx } from '../../platform/database.ts';
import { newId, sha256 } from '../../platform/ids.ts';
import { businessKeyOf, type Post } from '../../platform/outbox/post.ts';
import type { NoticeDeps } from './deps.ts';
import type { NoticePayload, NoticeResult } from './kinds.ts';
import { noticeKind, type NoticeKind, type WrittenText } from './notice-kinds.ts';

/** People whose names are read at a time. */
const CHUNK = 1_000;

/**
 * Tells people something: their notices with the exact text, and the post that brings them, in the caller's transaction.
 * What was told under the same key before is not told again, also when its post is long gone.
 * @returns ids of the new ones @throws AppError employee.unknown
 */
export async function tell<Payload extends NoticePayload>(
  deps: Pick<NoticeDeps, 'config' | 'outbox'>,
  tx: Tx,
  post: Post<Payload, NoticeResult>,
  payloads: readonly NoInfer<Payload>[],
): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < payloads.length; from += CHUNK) {
    const letters = payloads.slice(from, from + CHUNK).map((payload) => ({ id: newId(), payload }));
    const written = new Set(await write(deps, tx, noticeKind(post.kind), letters));
    const fresh = letters.filter(({ id }) => written.has(id));
    await deps.outbox.addMany(
      tx,
      post,
      fresh.map((letter) => ({ ...letter, cycleId: letter.payload.cycleId })),
    );
    ids.push(...written);
  }
  return ids;
}

interface Unwritten {
  readonly id: string;
  readonly payload: NoticePayload;
}

/** Writes notices down, each once per key. @returns ids of those that were not there */
async function write(
  deps: Pick<NoticeDeps, 'config'>,
  sql: Sql,
  kind: NoticeKind,
  notices: readonly Unwritten[],
): Promise<string[]> {
  if (notices.length === 0) return [];
  const names = await namesOf(sql, notices);
  const rows = notices.map(({ id, payload }) =>
    rowOf(id, kind, {
      payload,
      text: kind.words(payload, {
        publicUrl: deps.config.publicUrl,
        name: names.get(payload.userId) ?? null,
      }),
    }),
  );
  const ids = notices.map(({ id }) => id);
  if ((await sql.insertMany('notices', COLUMNS, rows, { update: [] })) === ids.length) return ids;
  const written = await sql.select<{ id: string }>('SELECT id FROM notices WHERE id IN (?)', [ids]);
  return written.map(({ id }) => id);
}

/**
 * Puts a notice into words under the id of its outbox row unless it has some: an earlier release wrote the post alone.
 * @throws AppError employee.unknown
 */
export async function putIntoWords(
  deps: Pick<NoticeDeps, 'config'>,
  sql: Sql,
  kind: NoticeKind,
  { id, payload }: Unwritten,
): Promise<void> {
  await write(deps, sql, kind, [{ id, payload }]);
  const names = await namesOf(sql, [{ payload }]);
  const { publicUrl } = deps.config;
  const text = kind.words(payload, { publicUrl, name: names.get(payload.userId) ?? null });
  await sql.execute(
    `UPDATE notices SET title = ?, body = ?, button = ?, link = ?, text_hash = ? WHERE id = ? AND text_hash IS NULL`,
    [text.title, text.markdown, text.button, text.link, textHashOf(text), id],
  );
}

const COLUMNS = [
  ...['id', 'kind', 'cycle_id', 'decision_id', 'user_id', 'wording', 'title', 'body', 'button', 'link'],
  ...['text_hash', 'payload', 'business_key'],
];

const rowOf = (
  id: string,
  { post }: NoticeKind,
  { payload, text }: { readonly payload: NoticePayload; readonly text: WrittenText },
): SqlScalar[] => [
  ...[id, post.kind, payload.cycleId, text.decisionId, payload.userId, payload.wording ?? 1],
  ...[text.title, text.markdown, text.button, text.link, textHashOf(text)],
  ...[JSON.stringify(payload), businessKeyOf(post, post.key(payload))],
];

/** What proves which words went out. */
const textHashOf = ({ title, markdown }: WrittenText): string => sha256(`${title}\n${markdown}`);

async function namesOf(
  sql: Sql,
  notices: readonly Pick<Unwritten, 'payload'>[],
): Promise<Map<string, string>> {
  const rows = await sql.select<{ userId: string; name: string }>(
    'SELECT user_id AS userId, name FROM employees WHERE user_id IN (?)',
    [[...new Set(notices.map(({ payload }) => payload.userId))]],
  );
  return new Map(rows.map(({ userId, name }) => [userId, name]));
}
