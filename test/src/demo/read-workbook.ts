import ExcelJS from 'exceljs';
import { SHEETS, type CellType } from './columns.ts';
import type { Kind, Row, Rows } from './story/rows.ts';

const pad = (value: number): string => String(value).padStart(2, '0');

/** A cell as the text that a CSV would hold; times to the minute. */
function toText(value: ExcelJS.CellValue, type: CellType): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    // A spreadsheet keeps a time as a fraction of a day: half a second sets it right again.
    const iso = new Date(value.getTime() + 500).toISOString();
    return type === 'day' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
  }
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') throw new Error('a cell that is neither text, number nor date');
  if (type === 'whole') return String(value);
  const cents = Math.round(value * 100);
  const text = `${Math.floor(cents / 100)}.${pad(cents % 100)}`;
  return type === 'decimal' ? text.slice(0, -1) : text;
}

function readSheet(workbook: ExcelJS.Workbook, kind: Kind): Row[] {
  const { title, columns } = SHEETS[kind];
  const sheet = workbook.getWorksheet(title);
  if (!sheet) throw new Error(`the workbook has no sheet ${title}`);
  const other = columns.find((column, index) => sheet.getRow(1).getCell(index + 1).value !== column.title);
  if (other) throw new Error(`${title} has no column ${other.title} where it is looked for`);
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
  const read = (kind: Kind): Row[] => readSheet(workbook, kind);
  return {
    roles: read('roles'),
    deals: read('deals'),
    renewals: read('renewals'),
    feedback: read('feedback'),
    collaborations: read('collaborations'),
    trainings: read('trainings'),
    assessments: read('assessments'),
  };
}
