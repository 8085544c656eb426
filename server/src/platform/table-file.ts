import { extname } from 'node:path';
import { AppError } from '@shigang/shared';

/** What a spreadsheet would take for a formula at the start of a cell. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Writes rows as .csv (UTF-8 with BOM) or .xlsx, by the file's ending. A text that a spreadsheet would run as a formula
 * is written so that it shows as text (docs/formats.md §7).
 * @throws AppError export.file_type
 */
export async function writeTableFile<Column extends string>(
  path: string,
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string>>[],
): Promise<void> {
  // Loaded where it is used: half a second that no other command should pay.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Sheet1', { views: [{ state: 'frozen', ySplit: 1 }] });
  const type = extname(path).toLowerCase();
  const safe = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
  sheet.addRow(columns);
  for (const row of rows) sheet.addRow(columns.map((column) => safe(row[column])));
  if (type === '.xlsx') await workbook.xlsx.writeFile(path);
  else if (type === '.csv') await workbook.csv.writeFile(path, { formatterOptions: { writeBOM: true } });
  else throw new AppError('export.file_type', { path });
}
