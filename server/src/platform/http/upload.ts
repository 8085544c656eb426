import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from 'koa';
import { AppError } from '@shigang/shared';

/** What an endpoint takes in: one file per request, its bytes being the whole body. */
export interface UploadRule {
  /** Content types; any other is 415. */
  readonly types: readonly string[];
  /** A longer body is 413, and nothing of it stays. */
  readonly maxBytes: number;
}

/** A file on disk in a folder of its own. */
export interface ReceivedFile {
  readonly path: string;
  /** As the sender calls it, without any path; never used as a path here. */
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

/** Files taken in at a time by one process: bounds the disk they fill. The next ones are told to come again. */
const AT_ONCE = 4;
let underWay = 0;

/** Header with the file's name, percent-encoded UTF-8: header values are ASCII. */
const NAME_HEADER = 'X-File-Name';
const NAME_CHARS = 200;

/**
 * Streams the body to disk, never faster than the disk takes it, and hands it to `work`. The folder is gone afterwards
 * in every outcome: done, refused, failed, or the client hung up.
 *
 * The body is the file itself, its name a header: what a browser's `fetch(url, {body: file})` and `curl -T` send.
 * Multipart would add a parser, boundaries and field limits for forms that no screen has.
 * @throws AppError upload.type (415), upload.too_large (413), upload.empty, upload.cut_off, upload.busy
 */
export async function receiving<Result>(
  ctx: Context,
  rule: UploadRule,
  work: (file: ReceivedFile) => Promise<Result>,
): Promise<Result> {
  const type = typeOf(ctx);
  if (!rule.types.includes(type)) throw new AppError('upload.type', { type, types: rule.types.join('、') });
  if (Number(ctx.get('Content-Length') || 0) > rule.maxBytes) throw tooLarge(rule);
  if (underWay >= AT_ONCE) throw new AppError('upload.busy');
  underWay += 1;
  const folder = await mkdtemp(join(tmpdir(), 'shigang-upload-'));
  try {
    const path = join(folder, 'body');
    const bytes = await toDisk(ctx.req, path, rule);
    if (bytes === 0) throw new AppError('upload.empty');
    return await work({ path, name: nameOf(ctx.get(NAME_HEADER)), type, bytes });
  } finally {
    underWay -= 1;
    await rm(folder, { recursive: true, force: true });
  }
}

const tooLarge = (rule: UploadRule): AppError =>
  new AppError('upload.too_large', { megabytes: Math.floor(rule.maxBytes / 1024 / 1024) });

async function toDisk(request: Readable, path: string, rule: UploadRule): Promise<number> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(bytes > rule.maxBytes ? tooLarge(rule) : null, chunk);
    },
  });
  try {
    await pipeline(request, counted, createWriteStream(path, { flags: 'wx' }));
  } catch (error) {
    if (
      (error as { code?: unknown }).code === 'ECONNRESET' ||
      (error as { code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE'
    )
      throw new AppError('upload.cut_off', {}, { cause: error });
    throw error;
  }
  return bytes;
}

const typeOf = (ctx: Context): string => (ctx.get('Content-Type').split(';')[0] ?? '').trim().toLowerCase();

/** Only the last part of whatever path was sent, without control signs. */
function nameOf(header: string): string {
  let name = header;
  try {
    name = decodeURIComponent(header);
  } catch {
    // Not percent-encoded: taken as it is.
  }
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last.replace(/[\u0000-\u001f\u007f]/g, '').slice(0, NAME_CHARS);
}
