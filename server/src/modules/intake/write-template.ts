import ExcelJS from 'exceljs';
import {
  AppError,
  importColumns,
  importKindNames,
  importKinds,
  salesRoleNames,
  segmentNames,
  type ImportColumn,
  type ImportKind,
} from '@shigang/shared';
import { DICTIONARY_SHEET } from './choose-sheets.ts';

/** What is shown in the template besides the file format's own figures. */
export interface WrittenTemplate {
  readonly file: string;
  /** Names of its sheets, in order. */
  readonly sheets: readonly string[];
}

const FORMATS: Readonly<Record<ImportColumn['type'], string>> = {
  id: '@',
  text: '@',
  employee: '@',
  day: 'yyyy-mm-dd',
  moment: 'yyyy-mm-dd hh:mm',
  amount: '#,##0.00',
  decimal: '0.0###',
  whole: '0',
  yes_no: '@',
  choice: '@',
  credits: '@',
};
const WIDTHS: Readonly<Partial<Record<ImportColumn['type'], number>>> = { text: 22, moment: 18, credits: 26 };
const WIDTH = 14;
/** Rows below the header that get a list to choose from. */
const LISTED_ROWS = 2_000;
const YES_NO = ['是', '否'];
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  role: Object.values(salesRoleNames),
  status: ['进行中', '赢单', '输单'],
  segment: Object.values(segmentNames),
};
const HEADER_FILL = 'FFEAF0FF';
const REQUIRED_INK = 'FF8A4B00';
const PLAIN_INK = 'FF1F2329';
const DICTIONARY_COLUMNS: readonly (readonly [title: string, width: number])[] = [
  ['工作表', 14],
  ['列', 14],
  ['英文列名', 20],
  ['必填', 8],
  ['说明', 80],
];

/**
 * Writes the import template: one sheet per kind with headers and notes, and the field dictionary.
 * @throws AppError import.template_unwritable
 */
export async function writeTemplate(path: string): Promise<WrittenTemplate> {
  const workbook = new ExcelJS.Workbook();
  for (const kind of importKinds) addSheet(workbook, kind);
  addDictionary(workbook);
  await workbook.xlsx.writeFile(path).catch((cause: unknown) => {
    throw new AppError('import.template_unwritable', { file: path }, { cause });
  });
  return { file: path, sheets: workbook.worksheets.map((sheet) => sheet.name) };
}

function addSheet(workbook: ExcelJS.Workbook, kind: ImportKind): void {
  const sheet = workbook.addWorksheet(importKindNames[kind], { views: [{ state: 'frozen', ySplit: 1 }] });
  importColumns[kind].forEach((column, index) => {
    const numbered = sheet.getColumn(index + 1);
    numbered.numFmt = FORMATS[column.type];
    numbered.width = WIDTHS[column.type] ?? WIDTH;
    const cell = sheet.getCell(1, index + 1);
    cell.value = column.title;
    cell.numFmt = '@';
    styleHeader(cell, column.required);
    cell.note = `${column.required ? '必填。' : '选填。'}${column.note}`;
    const choices = column.type === 'yes_no' ? YES_NO : CHOICES[column.name];
    if (choices) offer(sheet, index + 1, choices);
  });
}

/** The range form of exceljs's validations, which its types leave out. */
interface RangeValidations {
  readonly dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void };
}

/** A list to choose from; other spellings that the import knows stay allowed. */
function offer(sheet: ExcelJS.Worksheet, column: number, choices: readonly string[]): void {
  const { letter } = sheet.getColumn(column);
  (sheet as unknown as RangeValidations).dataValidations.add(`${letter}2:${letter}${LISTED_ROWS}`, {
    type: 'list',
    allowBlank: true,
    showErrorMessage: false,
    formulae: [`"${choices.join(',')}"`],
  });
}

function addDictionary(workbook: ExcelJS.Workbook): void {
  const sheet = workbook.addWorksheet(DICTIONARY_SHEET, { views: [{ state: 'frozen', ySplit: 1 }] });
  DICTIONARY_COLUMNS.forEach(([title, width], index) => {
    const cell = sheet.getCell(1, index + 1);
    cell.value = title;
    styleHeader(cell, false);
    sheet.getColumn(index + 1).width = width;
  });
  for (const kind of importKinds) {
    for (const { name, title, required, note } of importColumns[kind]) {
      sheet.addRow([importKindNames[kind], title, name, required ? '是' : '', note]);
    }
  }
}

function styleHeader(cell: ExcelJS.Cell, isRequired: boolean): void {
  cell.font = { bold: true, color: { argb: isRequired ? REQUIRED_INK : PLAIN_INK } };
  cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: HEADER_FILL } };
  cell.alignment = { vertical: 'middle' };
}
