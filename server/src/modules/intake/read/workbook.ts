import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { AppError } from '@shigang/shared';
import type { FileRow, Sheet, TableFile } from './cell.ts';
import { SheetRows } from './sheet-rows.ts';
import { ZipFile, type ZipEntry } from './zip.ts';

/** Rows that a sheet can have at all. */
const MAX_ROWS = 1_048_576;
/** Shared strings are held in memory while the file is read. */
const MAX_STRINGS_BYTES = 200_000_000;
const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const STYLES = 'xl/styles.xml';
const STRINGS = 'xl/sharedStrings.xml';

/**
 * The parts of exceljs's streaming reader that read one entry each. Driven entry by entry in the order that is needed
 * (styles and strings before sheets), no sheet goes through a temporary file; the text comes decoded, since the
 * reader's own decoder splits Chinese characters at chunk borders; and sheets get their names whatever form the
 * relations' targets have. Sheets themselves are read by {@link SheetRows}.
 */
interface EntryReader {
  readonly workbookRels?: readonly { readonly Id: string; readonly Target: string }[];
  readonly model?: { readonly sheets?: readonly { readonly name: string; readonly rId: string }[] };
  properties?: { readonly model?: { readonly date1904?: boolean } };
  readonly styles: { getStyleModel(id: number): { readonly numFmt?: string } | null };
  readonly sharedStrings?: readonly unknown[];
  _parseRels(entry: Readable): Promise<void>;
  _parseWorkbook(entry: Readable): Promise<void>;
  _parseStyles(entry: Readable): Promise<void>;
  _parseSharedStrings(entry: Readable): AsyncIterable<unknown>;
}

/** Opens an .xlsx. @throws AppError import.file_unreadable, import.file_too_large */
export async function openWorkbook(path: string): Promise<TableFile> {
  const zip = await ZipFile.open(path);
  try {
    const reader = newReader(path);
    await readable(async () => {
      await reader._parseWorkbook(stream(zip, required(zip, WORKBOOK)));
      await reader._parseRels(stream(zip, required(zip, RELATIONS)));
      await readOptional(zip, reader);
    });
    return { sheets: sheetsOf(zip, reader), close: () => zip.close() };
  } catch (error) {
    await zip.close();
    throw error;
  }
}

function newReader(path: string): EntryReader {
  const options = {
    worksheets: 'emit',
    sharedStrings: 'cache',
    hyperlinks: 'ignore',
    styles: 'cache',
    entries: 'ignore',
  };
  return new ExcelJS.stream.xlsx.WorkbookReader(path, options as object) as unknown as EntryReader;
}

async function readOptional(zip: ZipFile, reader: EntryReader): Promise<void> {
  // A workbook without this part makes the reader trip over its absence.
  reader.properties ??= {};
  const styles = zip.entries.get(STYLES);
  if (styles) await reader._parseStyles(stream(zip, styles));
  const strings = zip.entries.get(STRINGS);
  if (!strings) return;
  if (strings.size > MAX_STRINGS_BYTES)
    throw new AppError('import.file_too_large', { detail: '文字内容超过 200 MB' });
  for await (const _ of reader._parseSharedStrings(stream(zip, strings))) {
    // Cached by the reader, which emits nothing.
  }
}

function sheetsOf(zip: ZipFile, reader: EntryReader): Sheet[] {
  const paths = new Map(
    (reader.workbookRels ?? []).map((relation) => [relation.Id, entryPath(relation.Target)]),
  );
  const sheets: Sheet[] = [];
  for (const { name, rId } of reader.model?.sheets ?? []) {
    const entry = zip.entries.get(paths.get(rId) ?? '');
    if (entry) sheets.push({ name, rows: () => rowsOf(zip, reader, entry) });
  }
  return sheets;
}

/** Targets are relative to `xl/`, or absolute in the archive. */
const entryPath = (target: string): string => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);

async function* rowsOf(
  zip: ZipFile,
  reader: EntryReader,
  entry: ZipEntry,
): AsyncGenerator<readonly FileRow[]> {
  const sheet = new SheetRows({
    strings: reader.sharedStrings,
    formatOf: (style) => reader.styles.getStyleModel(style)?.numFmt,
    is1904: reader.properties?.model?.date1904 === true,
  });
  let count = 0;
  try {
    for await (const piece of zip.text(entry)) {
      const rows = sheet.read(piece);
      count += rows.length;
      if (count > MAX_ROWS) throw new AppError('import.file_too_large', { detail: `超过 ${MAX_ROWS} 行` });
      const filled = rows.filter((row) => row.cells.length > 0);
      if (filled.length > 0) yield filled;
    }
  } catch (error) {
    throw asUnreadable(error);
  }
}

const stream = (zip: ZipFile, entry: ZipEntry): Readable => Readable.from(zip.text(entry));

function required(zip: ZipFile, name: string): ZipEntry {
  const entry = zip.entries.get(name);
  if (!entry) throw new AppError('import.file_unreadable', { detail: '不是 .xlsx 工作簿' });
  return entry;
}

async function readable(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw asUnreadable(error);
  }
}

const asUnreadable = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError('import.file_unreadable', { detail: '工作簿内容已损坏' }, { cause: error });
