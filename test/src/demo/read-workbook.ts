import ExcelJS from 'exceljs';
import { SHEETS, type CellType } from './columns.ts';
import { KINDS, type Kind, type Row, type Rows } from './story/rows.ts';

const pad = (value: number): string => String(value).padStart(2, '0');

/** A cell as the text that a CSV would hold; times to the minute. */
function toText(value: ExcelJS.CellValue, type: CellType): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    // A spreadsheet keeps a time as a fraction of a day: half a second sets it right again.
    const iso = new Date(value.getTime() + 500).toISOString();
    return type === 'day' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
  }
  if (typeof value !== 'number') return String(value as string);
  if (type === 'whole') return String(value);
  const cents = Math.round(value * 100);
  const text = `${Math.floor(cents / 100)}.${pad(cents % 100)}`;
  return type === 'decimal' ? text.slice(0, -1) : text;
}

function readSheet(workbook: ExcelJS.Workbook, kind: Kind): Row[] {
  const { title, columns } = SHEETS[kind];
  const sheet = workbook.getWorksheet(title);
  if (!sheet) throw new Error(`the workbook has no sheet ${title}`);
  const headers = columns.map((_, index) => sheet.getRow(1).getCell(index + 1).value);
  if (headers.join() !== columns.map((column) => column.title).join())
    throw new Error(`${title} has other headers`);
  const rows: Row[] = [];
  sheet.eachRow((row, number) => {
    if (number === 1) return;
    rows.push(
      Object.fromEntries(
        columns.map((column, index) => [column.key, toText(row.getCell(index + 1).value, column.type)]),
      ),
    );
  });
  return rows;
}

/** The rows of a demo workbook as a person would read them off, without any rule of the product. */
export async function readWorkbook(file: string): Promise<Rows> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  return Object.fromEntries(KINDS.map((kind) => [kind, readSheet(workbook, kind)])) as unknown as Rows;
}
