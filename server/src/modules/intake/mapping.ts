import { AppError, importColumns, importKinds, type ImportColumn, type ImportKind } from '@shigang/shared';
import { compileDateFormat, type DateFormat } from './parse/date-format.ts';
import { folded } from './parse/refusal.ts';

/** How an employee column is read. */
export type Identify = 'userid' | 'job_number' | 'name' | 'mobile';

/** What a mapping file says about one sheet (docs/formats.md §2). */
export interface SheetMapping {
  /** Folded header → fields that it feeds; none: left out on purpose. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** Field → folded text → what is read instead. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly formats: ReadonlyMap<string, readonly DateFormat[]>;
  /** Field → what a blank cell or a missing column means. */
  readonly defaults: ReadonlyMap<string, string>;
  readonly identify: ReadonlyMap<string, Identify>;
}

export const noMapping: SheetMapping = {
  columns: new Map(),
  values: new Map(),
  formats: new Map(),
  defaults: new Map(),
  identify: new Map(),
};

const PARTS = ['columns', 'values', 'formats', 'defaults', 'identify'];
const IDENTIFY: Readonly<Record<string, Identify>> = {
  userid: 'userid',
  user_id: 'userid',
  jobnumber: 'job_number',
  job_number: 'job_number',
  name: 'name',
  mobile: 'mobile',
};

/**
 * Reads a mapping document: one mapping for a file of one kind, or `{"sheets": {"deals": {…}}}`.
 * @throws AppError import.mapping_invalid naming the place
 */
export function readMapping(
  json: unknown,
  kind: ImportKind | 'workbook',
): ReadonlyMap<ImportKind, SheetMapping> {
  const document = object(json, '文件');
  if (!('sheets' in document)) {
    if (kind === 'workbook') throw invalid('文件', '整本导入要按工作表写：{"sheets": {"deals": {…}}}');
    return new Map([[kind, readSheet(document, kind, '')]]);
  }
  refuseUnknown(document, ['sheets'], '');
  const sheets = object(document['sheets'], 'sheets');
  refuseUnknown(sheets, importKinds, 'sheets.');
  return new Map(
    (Object.keys(sheets) as ImportKind[]).map((name) => [
      name,
      readSheet(object(sheets[name], `sheets.${name}`), name, `sheets.${name}.`),
    ]),
  );
}

function readSheet(json: Record<string, unknown>, kind: ImportKind, at: string): SheetMapping {
  refuseUnknown(json, PARTS, at);
  const part = (name: string): [string, unknown][] =>
    json[name] === undefined ? [] : Object.entries(object(json[name], `${at}${name}`));
  const field = (name: string, part: string): string => fieldOf(kind, name, `${at}${part}.${name}`).name;
  return {
    columns: new Map(
      part('columns').map(([header, target]) => [
        folded(header),
        asList(target).map(
          (name) => fieldOf(kind, scalar(name, `${at}columns.${header}`), `${at}columns.${header}`).name,
        ),
      ]),
    ),
    values: new Map(
      part('values').map(([name, map]) => [field(name, 'values'), readValues(map, `${at}values.${name}`)]),
    ),
    formats: new Map(
      part('formats').map(([name, formats]) => [
        field(name, 'formats'),
        readFormats(formats, `${at}formats.${name}`),
      ]),
    ),
    defaults: new Map(
      part('defaults').map(([name, value]) => [
        field(name, 'defaults'),
        scalar(value, `${at}defaults.${name}`),
      ]),
    ),
    identify: new Map(
      part('identify').map(([name, how]) => [
        field(name, 'identify'),
        readIdentify(how, `${at}identify.${name}`),
      ]),
    ),
  };
}

/** A column of the kind by its English or Chinese name. */
function fieldOf(kind: ImportKind, name: string, at: string): ImportColumn {
  const wanted = folded(name);
  const found = importColumns[kind].find(
    (column) => folded(column.name) === wanted || folded(column.title) === wanted,
  );
  if (!found) throw invalid(at, `没有“${name}”这一列`);
  return found;
}

const readValues = (json: unknown, at: string): ReadonlyMap<string, string> =>
  new Map(Object.entries(object(json, at)).map(([from, to]) => [folded(from), scalar(to, `${at}.${from}`)]));

function readFormats(json: unknown, at: string): DateFormat[] {
  return asList(json).map((format) => {
    const compiled = compileDateFormat(scalar(format, at));
    if (!compiled) throw invalid(at, '日期格式应含 YYYY、M、D，如 M/D/YYYY');
    return compiled;
  });
}

function readIdentify(json: unknown, at: string): Identify {
  const how = IDENTIFY[folded(scalar(json, at))];
  if (!how) throw invalid(at, '应为 userid、job_number、name 或 mobile');
  return how;
}

const asList = (json: unknown): unknown[] => (Array.isArray(json) ? json : json === null ? [] : [json]);

/** Numbers are read as the decimals that are written. */
function scalar(json: unknown, at: string): string {
  if (typeof json === 'string') return json;
  if (typeof json === 'number' || typeof json === 'boolean') return String(json);
  throw invalid(at, '应为文字或数字');
}

function object(json: unknown, at: string): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw invalid(at, '应为一个对象 { … }');
  return json as Record<string, unknown>;
}

function refuseUnknown(json: object, known: readonly string[], at: string): void {
  const unknown = Object.keys(json).find((key) => !known.includes(key));
  if (unknown !== undefined) throw invalid(`${at}${unknown}`, `只能是 ${known.join('、')}`);
}

const invalid = (field: string, detail: string): AppError =>
  new AppError('import.mapping_invalid', { field, detail });
