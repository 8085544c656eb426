import ExcelJS from 'exceljs';
import { DICTIONARY_SHEET, SHEETS, type CellType, type Column } from './columns.ts';
import { KINDS, type Kind, type Row, type Rows } from './story/rows.ts';

/** The file's own dates: fixed, so that the same rows give the same file. */
const WRITTEN_AT = new Date(Date.UTC(2026, 9, 11, 2, 0));
/** DOS date and time of every entry in the archive: 2026-10-11 10:00. */
const DOS_TIME = 10 << 11;
const DOS_DATE = ((2026 - 1980) << 9) | (10 << 5) | 11;

const FORMATS: Readonly<Record<CellType, string>> = {
  text: '@',
  day: 'yyyy-mm-dd',
  time: 'yyyy-mm-dd hh:mm',
  yuan: '#,##0.00',
  whole: '0',
  decimal: '0.0',
};

/** An Excel date has no zone: the written day and time stand for Asia/Shanghai. */
const toDate = (text: string): Date =>
  new Date(`${text.replace(' ', 'T')}${text.includes(' ') ? ':00' : 'T00:00:00'}Z`);

function toCell(text: string, type: CellType): string | number | Date | null {
  if (text === '') return null;
  if (type === 'text') return text;
  return type === 'day' || type === 'time' ? toDate(text) : Number(text);
}

function styleHeader(
  sheet: ExcelJS.Worksheet,
  columns: readonly Pick<Column, 'title' | 'width' | 'note' | 'required'>[],
): void {
  const header = sheet.getRow(1);
  header.height = 22;
  columns.forEach((column, index) => {
    const cell = header.getCell(index + 1);
    cell.value = column.title;
    cell.font = { bold: true, color: { argb: column.required ? 'FF8A4B00' : 'FF1F2329' } };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEAF0FF' } };
    cell.alignment = { vertical: 'middle' };
    if (column.note !== '') cell.note = `${column.required ? '必填。' : '选填。'}${column.note}`;
    sheet.getColumn(index + 1).width = column.width;
  });
}

function addSheet(workbook: ExcelJS.Workbook, kind: Kind, rows: readonly Row[]): void {
  const { title, columns } = SHEETS[kind];
  const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] });
  columns.forEach((column, index) => {
    sheet.getColumn(index + 1).numFmt = FORMATS[column.type];
  });
  styleHeader(sheet, columns);
  for (const row of rows) sheet.addRow(columns.map((column) => toCell(row[column.key] ?? '', column.type)));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
}

function addDictionary(workbook: ExcelJS.Workbook): void {
  const sheet = workbook.addWorksheet(DICTIONARY_SHEET, { views: [{ state: 'frozen', ySplit: 1 }] });
  const titles: readonly (readonly [string, number])[] = [
    ['工作表', 14],
    ['列', 14],
    ['英文列名', 20],
    ['必填', 8],
    ['说明', 70],
  ];
  styleHeader(
    sheet,
    titles.map(([title, width]) => ({ title, width, note: '', required: false })),
  );
  for (const kind of KINDS) {
    const { title, about, columns } = SHEETS[kind];
    sheet.addRow([title, '', kind, '', about]).font = { bold: true };
    for (const column of columns)
      sheet.addRow([title, column.title, column.key, column.required ? '是' : '', column.note]);
  }
}

/**
 * Sets the time of every entry of a zip archive, which the writer takes from the machine's clock: the same rows
 * then give the same bytes (with the same zlib).
 */
function withFixedTimes(zip: Buffer): Buffer {
  const CENTRAL = 0x02014b50;
  const END = 0x06054b50;
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END) end -= 1;
  let entry = zip.readUInt32LE(end + 16);
  while (entry < end && zip.readUInt32LE(entry) === CENTRAL) {
    const local = zip.readUInt32LE(entry + 42);
    zip.writeUInt16LE(DOS_TIME, entry + 12);
    zip.writeUInt16LE(DOS_DATE, entry + 14);
    zip.writeUInt16LE(DOS_TIME, local + 10);
    zip.writeUInt16LE(DOS_DATE, local + 12);
    entry += 46 + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return zip;
}

/** The workbook of these rows: a sheet per kind with Chinese headers, and one that explains the columns. */
export async function workbookOf(rows: Rows): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '适岗';
  workbook.lastModifiedBy = '适岗';
  workbook.created = WRITTEN_AT;
  workbook.modified = WRITTEN_AT;
  for (const kind of KINDS) addSheet(workbook, kind, rows[kind]);
  addDictionary(workbook);
  return withFixedTimes(Buffer.from(await workbook.xlsx.writeBuffer()));
}
