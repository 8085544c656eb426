import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { AppError } from '@shigang/shared';
import { textCell, type FileRow, type Sheet, type TableFile } from './cell.ts';
import { encodingOf, textOf } from './encoding.ts';

/** A record larger than this is a quote that was never closed. */
const MAX_RECORD_CHARS = 1_000_000;
/** Rows of one batch; the reader waits while they are worked on. */
const BATCH_ROWS = 500;
/** As many rows as a spreadsheet can hold; more come as several files. */
const MAX_ROWS = 1_048_576;

/** Opens a .csv. @throws AppError import.encoding, import.encoding_unknown */
export async function openCsv(path: string, wantedEncoding: string | undefined): Promise<TableFile> {
  const encoding = await encodingOf(path, wantedEncoding);
  const sheet: Sheet = { name: null, rows: () => rowsOf(path, encoding) };
  return { sheets: [sheet], close: () => Promise.resolve() };
}

async function* rowsOf(path: string, encoding: string): AsyncGenerator<readonly FileRow[]> {
  const delimiter = await delimiterOf(path, encoding);
  const source = Readable.from(textOf(path, encoding));
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: MAX_RECORD_CHARS,
  });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let number = 0;
  let batch: FileRow[] = [];
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      if (number > MAX_ROWS) throw new AppError('import.file_too_large', { detail: `超过 ${MAX_ROWS} 行` });
      const cells = record.map(textCell);
      if (cells.every((cell) => cell === null)) continue;
      batch.push({ number, cells });
      if (batch.length === BATCH_ROWS) {
        yield batch;
        batch = [];
      }
    }
  } catch (error) {
    throw asUnreadable(error, number + 1);
  } finally {
    source.destroy();
    parser.destroy();
  }
  if (batch.length > 0) yield batch;
}

const asUnreadable = (error: unknown, row: number): AppError =>
  error instanceof AppError
    ? error
    : new AppError(
        'import.file_unreadable',
        { detail: `第 ${row} 行附近的引号或分隔符有误` },
        { cause: error },
      );

const DELIMITERS = [',', '\t', ';'];
/** The separator that the header line has most of, quoted text left aside. */
async function delimiterOf(path: string, encoding: string): Promise<string> {
  const text = textOf(path, encoding);
  const first = await text.next();
  await text.return(undefined);
  const header = (first.done === true ? '' : first.value).replace(/"[^"]*"/g, '').split(/\r?\n/, 1)[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length - 1);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
