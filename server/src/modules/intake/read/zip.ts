import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { AppError } from '@shigang/shared';

/** One file inside a zip archive, as its central directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
}

/** Inflated bytes of an archive beyond which it is refused, whatever its kind: a zip bomb, or no spreadsheet. */
export const MAX_INFLATED_BYTES = 1_073_741_824;
/** Inflated ÷ compressed beyond which an archive is a bomb; sheets of real figures stay below 30. */
const MAX_RATIO = 100;
/** Below this size a high ratio does no harm (a small sheet of blanks). */
const HARMLESS_BYTES = 32_000_000;

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const MAX_COMMENT = 65_535;
const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_SIZE = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;
const CHUNK_BYTES = 65_536;
const PIECE_CHARS = 8_192;
/** A central directory larger than this belongs to no spreadsheet. */
const MAX_DIRECTORY_BYTES = 16_000_000;

/** Read access to a zip archive by its central directory, with bounds on what it may inflate to. */
export class ZipFile {
  readonly #file: FileHandle;
  readonly entries: ReadonlyMap<string, ZipEntry>;

  private constructor(file: FileHandle, entries: ReadonlyMap<string, ZipEntry>) {
    this.#file = file;
    this.entries = entries;
  }

  /** @throws AppError import.file_unreadable, import.file_too_large */
  static async open(path: string): Promise<ZipFile> {
    const file = await open(path, 'r');
    try {
      const entries = await readDirectory(file);
      assertBounded([...entries.values()]);
      return new ZipFile(file, entries);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Inflated bytes of an entry. Stops with an error as soon as there are more than the directory says, so that a lying
   * archive cannot inflate without end.
   */
  async *bytes(entry: ZipEntry): AsyncGenerator<Buffer> {
    const raw = Readable.from(this.#raw(entry, await this.#dataStart(entry)));
    const source = entry.method === STORED ? raw : raw.pipe(createInflateRaw({ chunkSize: CHUNK_BYTES }));
    if (source !== raw) raw.on('error', (error) => source.destroy(error));
    let seen = 0;
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        seen += chunk.length;
        if (seen > entry.size) throw unreadable('压缩包里的大小与目录不符');
        yield chunk;
      }
    } catch (error) {
      throw error instanceof AppError ? error : unreadable('压缩包已损坏', error);
    } finally {
      source.destroy();
      raw.destroy();
    }
    if (seen !== entry.size) throw unreadable('压缩包不完整');
  }

  /**
   * The entry as text, in pieces that never split a character, small ones: the spreadsheet reader makes objects of all
   * of a piece before it hands out the first row, and what lives that long costs a collection.
   */
  async *text(entry: ZipEntry): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8');
    for await (const chunk of this.bytes(entry)) {
      const text = decoder.decode(chunk, { stream: true });
      for (let at = 0; at < text.length; at += PIECE_CHARS) yield text.slice(at, at + PIECE_CHARS);
    }
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Stored bytes, read by position: a stream of its own would close the file. */
  async *#raw(entry: ZipEntry, start: number): AsyncGenerator<Buffer> {
    const end = start + entry.compressedSize;
    for (let at = start; at < end;) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - at));
      const { bytesRead } = await this.#file.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0) throw unreadable('压缩包不完整');
      at += bytesRead;
      yield chunk.subarray(0, bytesRead);
    }
  }

  /** The local header repeats the name and has an extra field of its own, of another length. */
  async #dataStart(entry: ZipEntry): Promise<number> {
    if (entry.method !== STORED && entry.method !== DEFLATED)
      throw unreadable('压缩方式不支持，可能加了密码');
    const header = Buffer.alloc(LOCAL_SIZE);
    const { bytesRead } = await this.#file.read(header, 0, LOCAL_SIZE, entry.offset);
    if (bytesRead < LOCAL_SIZE || header.readUInt32LE(0) !== LOCAL_SIGNATURE)
      throw unreadable('压缩包已损坏');
    return entry.offset + LOCAL_SIZE + header.readUInt16LE(26) + header.readUInt16LE(28);
  }
}

const unreadable = (detail: string, cause?: unknown): AppError =>
  new AppError('import.file_unreadable', { detail }, { cause });

function assertBounded(entries: readonly ZipEntry[]): void {
  const inflated = entries.reduce((sum, entry) => sum + entry.size, 0);
  const compressed = entries.reduce((sum, entry) => sum + entry.compressedSize, 0);
  if (inflated > MAX_INFLATED_BYTES)
    throw new AppError('import.file_too_large', { detail: '解压后超过 1 GB' });
  if (inflated > HARMLESS_BYTES && inflated > compressed * MAX_RATIO) {
    throw new AppError('import.file_too_large', { detail: `解压后超过原来的 ${MAX_RATIO} 倍` });
  }
}

async function readDirectory(file: FileHandle): Promise<Map<string, ZipEntry>> {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - END_SIZE - MAX_COMMENT), size);
  const end = lastIndexOfSignature(tail);
  if (end < 0) throw unreadable('不是 .xlsx 文件，或文件不完整');
  const count = tail.readUInt16LE(end + 10);
  const [length, offset] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (length > MAX_DIRECTORY_BYTES || offset + length > size) throw unreadable('压缩包目录已损坏');
  return parseDirectory(await readAt(file, offset, offset + length), count);
}

async function readAt(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(to - from);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
  return buffer.subarray(0, bytesRead);
}

function lastIndexOfSignature(tail: Buffer): number {
  for (let at = tail.length - END_SIZE; at >= 0; at -= 1)
    if (tail.readUInt32LE(at) === END_SIGNATURE) return at;
  return -1;
}

function parseDirectory(directory: Buffer, count: number): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_SIZE > directory.length || directory.readUInt32LE(at) !== CENTRAL_SIGNATURE) {
      throw unreadable('压缩包目录已损坏');
    }
    const nameEnd = at + CENTRAL_SIZE + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const name = directory.toString('utf8', at + CENTRAL_SIZE, nameEnd);
    const entry: ZipEntry = {
      name,
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    };
    entries.set(name, withLongSizes(entry, directory.subarray(nameEnd, extraEnd)));
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return entries;
}

const LONG = 0xffffffff;
const LONG_SIZES = 0x0001;
/** Some writers keep sizes in the zip64 extra field even of small files. */
function withLongSizes(entry: ZipEntry, extra: Buffer): ZipEntry {
  if (entry.size !== LONG && entry.compressedSize !== LONG && entry.offset !== LONG) return entry;
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== LONG_SIZES)
    at += 4 + extra.readUInt16LE(at + 2);
  at += 4;
  const next = (value: number): number => {
    if (value !== LONG) return value;
    if (at + 8 > extra.length) throw unreadable('压缩包目录已损坏');
    const long = Number(extra.readBigUInt64LE(at));
    at += 8;
    return long;
  };
  const size = next(entry.size);
  const compressedSize = next(entry.compressedSize);
  return { ...entry, size, compressedSize, offset: next(entry.offset) };
}
