import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { cellOfExcel, type Cell } from './cell.ts';
import { openWorkbook } from './workbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'shigang-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every form of a cell, on columns before and after gaps and beyond Z. */
function written(): ExcelJS.Workbook {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('成交');
  sheet.addRow(['商机编号', '客户 & 伙伴', ' 张三 ', 'a < b', '&lt;']);
  sheet.addRow([1, 0.1, 1e-7, -12.5, 123456789012]);
  sheet.addRow([true, false, null, new Date('2026-03-01T00:00:00Z'), '']);
  sheet.addRow([]);
  sheet.getCell('C6').value = { formula: 'A2+B2', result: 1.1 };
  sheet.getCell('D6').value = { formula: 'A2', result: '文字' };
  sheet.getCell('E6').value = { formula: 'A2*0', result: 0 };
  sheet.getCell('F6').value = { formula: 'A2/0' };
  sheet.getCell('G6').value = { error: '#N/A' };
  sheet.getCell('H6').value = { richText: [{ text: '富' }, { text: '文本', font: { bold: true } }] };
  sheet.getCell('AB6').value = 7;
  sheet.getCell('AC6').value = 46_000;
  sheet.getCell('AC6').numFmt = '[$-804]yyyy"年"m"月"d"日"';
  sheet.getCell('AD6').value = 46_000;
  sheet.getCell('AD6').numFmt = '0.00"d"';
  sheet.getRow(8).numFmt = 'yyyy-mm-dd';
  sheet.getCell('B8').value = 46_001;
  sheet.getCell('B8').numFmt = 'yyyy-mm-dd';
  sheet.getCell('A9').value = { text: '链接', hyperlink: 'https://example.com' };
  return workbook;
}

const withoutEnd = (cells: Cell[]): Cell[] => {
  while (cells.length > 0 && cells.at(-1) === null) cells.pop();
  return cells;
};

/** What exceljs's own streaming reader makes of it. */
async function byExcelJs(path: string): Promise<object[]> {
  const options = {
    ...({ worksheets: 'emit', sharedStrings: 'cache', hyperlinks: 'ignore', styles: 'cache' } as const),
    entries: 'ignore',
  } as const;
  const rows: object[] = [];
  for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(path, options))
    for await (const row of sheet) {
      const cells = withoutEnd(Array.from((row.values as unknown[]).slice(1), cellOfExcel));
      if (cells.length > 0) rows.push({ number: row.number, cells });
    }
  return rows;
}

async function ours(path: string): Promise<object[]> {
  const file = await openWorkbook(path);
  const rows: object[] = [];
  for await (const batch of file.sheets[0]?.rows() ?? []) rows.push(...batch);
  await file.close();
  return rows;
}

test.each([false, true])('cells are what exceljs makes of them, days from 1904: %s', async (date1904) => {
  const path = join(folder, `forms-${date1904}.xlsx`);
  const workbook = written();
  workbook.properties.date1904 = date1904;
  await workbook.xlsx.writeFile(path);
  const rows = await ours(path);
  expect(rows).toEqual(await byExcelJs(path));
  expect(rows).toHaveLength(6);
});

test('inline and shared strings read alike', async () => {
  const read = async (useSharedStrings: boolean): Promise<object[]> => {
    const filename = join(folder, `strings-${useSharedStrings}.xlsx`);
    const writer = new ExcelJS.stream.xlsx.WorkbookWriter({ filename, useStyles: true, useSharedStrings });
    const sheet = writer.addWorksheet('成交');
    for (let index = 0; index < 2_000; index += 1)
      sheet.addRow([`D${index}`, `客户${index % 7} & “伙伴”`, index / 8]).commit();
    sheet.commit();
    await writer.commit();
    const rows = await ours(filename);
    expect(rows).toEqual(await byExcelJs(filename));
    return rows;
  };
  expect(await read(true)).toEqual(await read(false));
});
