import { open } from 'node:fs/promises';
import { AppError } from '@shigang/shared';
import type { TableFile } from './cell.ts';
import { openCsv } from './csv.ts';

/** Bytes of a file that is read at all; quality bar: 100,000s of rows, some ten megabytes. */
const MAX_FILE_BYTES = 300_000_000;
/** A zip archive begins with these. */
const ZIP_MARK = Buffer.from('PK\u0003\u0004', 'latin1');
/** An old .xls (OLE) begins with these. */
const OLE_MARK = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/**
 * Opens an .xlsx or .csv by its content, whatever its name says.
 * @throws AppError import.file_missing, import.file_type, import.file_too_large, import.file_unreadable, import.encoding
 */
export async function openTableFile(path: string, encoding: string | undefined): Promise<TableFile> {
  const head = await headOf(path);
  // Loaded where it is used: the library behind it takes half a second that no other command should pay.
  if (head.equals(ZIP_MARK)) return (await import('./workbook.ts')).openWorkbook(path);
  if (head.equals(OLE_MARK) || /\.xlsx?$/i.test(path)) {
    throw new AppError('import.file_unreadable', {
      detail: '不是 .xlsx 文件，或文件不完整；旧的 .xls 请另存为 .xlsx',
    });
  }
  return openCsv(path, encoding);
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new AppError('import.file_missing', { file: path }, { cause });
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new AppError('import.file_missing', { file: path });
    if (stat.size > MAX_FILE_BYTES) throw new AppError('import.file_too_large', { detail: '超过 300 MB' });
    const head = Buffer.alloc(ZIP_MARK.length);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
