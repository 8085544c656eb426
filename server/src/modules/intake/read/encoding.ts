import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '@shigang/shared';

/** Labels that TextDecoder knows and people use. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  'utf-16le': 'utf-16le',
  'utf-16': 'utf-16le',
};
const CHUNK_BYTES = 65_536;
const INVALID_BYTES = 'ERR_ENCODING_INVALID_ENCODED_DATA';

/**
 * The encoding of a text file: what was asked for, else UTF-16 LE by its mark, UTF-8 when every byte fits, GB18030 else.
 * @returns a label for TextDecoder @throws AppError import.encoding_unknown, import.encoding
 */
export async function encodingOf(path: string, wanted: string | undefined): Promise<string> {
  if (wanted !== undefined) {
    const encoding = ENCODINGS[wanted.trim().toLowerCase()];
    if (!encoding) throw new AppError('import.encoding_unknown', { encoding: wanted });
    return encoding;
  }
  if (await beginsWith(path, [0xff, 0xfe])) return 'utf-16le';
  return (await isDecodable(path, 'utf-8')) ? 'utf-8' : 'gb18030';
}

/** The file's text in pieces. @throws AppError import.encoding at bytes that the encoding does not have */
export async function* textOf(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let at = 0;
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new AppError('import.encoding', { encoding: ` ${encoding.toUpperCase()} `, at }, { cause });
    }
  };
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const text = decode(chunk);
    at += chunk.length;
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}

async function isDecodable(path: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>)
      decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === INVALID_BYTES) return false;
    throw error;
  }
}

async function beginsWith(path: string, bytes: readonly number[]): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(bytes.length);
    const { bytesRead } = await file.read(head, 0, bytes.length, 0);
    return bytesRead === bytes.length && bytes.every((byte, index) => head[index] === byte);
  } finally {
    await file.close();
  }
}
