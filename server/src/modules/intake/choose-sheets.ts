import { AppError, importKindNames, importKinds, type ImportKind } from '@shigang/shared';
import type { SheetPlan } from './import-sheet.ts';
import { noMapping, type SheetMapping } from './mapping.ts';
import { folded } from './parse/refusal.ts';
import type { Sheet, TableFile } from './read/cell.ts';

/** The sheet of a template that explains the columns. */
export const DICTIONARY_SHEET = '字段说明';

/** Kind of a sheet by its English or Chinese name. */
const kindOfName = new Map<string, ImportKind>(
  importKinds.flatMap((kind) => [
    [folded(kind), kind],
    [folded(importKindNames[kind]), kind],
  ]),
);
const kindOf = (sheet: Sheet): ImportKind | undefined => kindOfName.get(folded(sheet.name ?? ''));

/**
 * Which sheets of the file are read as what, in the order in which kinds may refer to each other.
 * @throws AppError import.no_sheet, import.sheet_repeated, import.file_type (a CSV file as workbook)
 */
export function chooseSheets(
  file: TableFile,
  kind: ImportKind | 'workbook',
  mappings: ReadonlyMap<ImportKind, SheetMapping>,
): { readonly plans: SheetPlan[]; readonly unknown: string[] } {
  const mappingOf = (name: ImportKind): SheetMapping => mappings.get(name) ?? noMapping;
  if (kind !== 'workbook') {
    return { plans: [{ kind, sheet: sheetFor(file, kind), mapping: mappingOf(kind) }], unknown: [] };
  }
  if (file.sheets.some((sheet) => sheet.name === null))
    throw new AppError('import.file_type', { file: 'workbook' });
  const plans = importKinds.flatMap((name) => {
    const [sheet, other] = file.sheets.filter((each) => kindOf(each) === name);
    if (other)
      throw new AppError('import.sheet_repeated', { kind: name, sheets: `${sheet?.name}、${other.name}` });
    return sheet ? [{ kind: name, sheet, mapping: mappingOf(name) }] : [];
  });
  if (plans.length === 0)
    throw new AppError('import.no_sheet', { names: Object.values(importKindNames).join('、') });
  const unknown = file.sheets
    .map((sheet) => sheet.name ?? '')
    .filter((name) => !kindOfName.has(folded(name)));
  return { plans, unknown: unknown.filter((name) => folded(name) !== DICTIONARY_SHEET) };
}

/** For a single kind: the sheet of its name, else the first. */
function sheetFor(file: TableFile, kind: ImportKind): Sheet {
  const sheet = file.sheets.find((each) => kindOf(each) === kind) ?? file.sheets[0];
  if (!sheet) throw new AppError('import.empty');
  return sheet;
}
