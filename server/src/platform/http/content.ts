import { Readable } from 'node:stream';
import type { Context } from 'koa';

/** An answer that the browser saves under its name: `answer: file('text/csv')`. */
export interface FileKind {
  readonly kind: 'file';
  readonly type: string;
}
/** An answer that is read while it is being made: `answer: stream('application/x-ndjson')`. */
export interface StreamKind {
  readonly kind: 'stream';
  readonly type: string;
}

export const file = (type: string): FileKind => ({ kind: 'file', type });
export const stream = (type: string): StreamKind => ({ kind: 'stream', type });

/**
 * Pieces are taken as fast as the client reads them, never faster; when it goes away the iteration is ended (`return`),
 * so that a `finally` in a generator closes what it holds.
 */
export type Pieces = AsyncIterable<Uint8Array | string>;

export interface FileContent {
  /** As people read it, in any script: `分层名单 2026Q3.csv`. */
  readonly name: string;
  readonly content: Uint8Array | string | Pieces;
}
export interface StreamContent {
  readonly content: Pieces;
}

/** Puts a file or stream into the answer. */
export function answerWithContent(ctx: Context, kind: FileKind | StreamKind, answer: object): void {
  const { content } = answer as FileContent | StreamContent;
  ctx.type = kind.type;
  if (kind.kind === 'file') ctx.set('Content-Disposition', attachment((answer as FileContent).name));
  // Koa destroys the stream when the connection is closed, which ends the iteration.
  ctx.body = isPieces(content)
    ? Readable.from(content, { objectMode: false })
    : Buffer.from(content as Uint8Array);
}

const isPieces = (content: FileContent['content']): content is Pieces =>
  typeof content === 'object' && Symbol.asyncIterator in content;

/** RFC 6266: the name in UTF-8, and beside it one in ASCII for what does not know the former. */
export function attachment(name: string): string {
  // Neither a path nor a line break gets into a header; the order of the two matters to old readers.
  const plain = name.replace(/[\u0000-\u001f\u007f/\\]/g, ' ').trim() || 'file';
  const ascii = plain.replace(/[^\x20-\x7e]/g, '_').replace(/["%]/g, '_');
  const encoded = encodeURIComponent(plain).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
