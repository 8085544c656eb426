import { parseDecimal } from '@shigang/shared';
import { asSpreadsheetShows, BadCell, shownCell, type Cell } from '../read/cell.ts';
import { Refusal, type Parsed } from './refusal.ts';

const GROUPED = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$/;
const AMOUNT = /^([+-]?)\s*(?:¥|rmb|cny)?\s*([+-]?[\d,]+(?:\.\d+)?)\s*(万|亿)?\s*(?:元|rmb|cny)?$/;
/** Decimal places at which an integer is fen: yuan have 2, 万 (10,000 yuan) 6, 亿 10. */
const PLACES: Readonly<Record<string, number>> = { '': 2, 万: 6, 亿: 10 };
/** ¥100 billion: more is a slip of the pen, and sums of a million such still fit. */
const MAX_FEN = 10_000_000_000_000;
const FEN_PER_YUAN = 100;
const AMOUNT_HINT = '请写成 150000、150,000.00 或 15万';

/**
 * Yuan → fen, exactly: `150000`, `150,000.00`, `¥150,000`, `15万`, a number. At most two decimals of a yuan.
 * @returns fen, or type (no amount), range (beyond ±¥100 billion)
 */
export function parseAmount(cell: Cell): Parsed<number> {
  const plain = typeof cell === 'number' ? exactInteger(cell, FEN_PER_YUAN) : null;
  if (plain !== null) return Math.abs(plain) > MAX_FEN ? new Refusal('range', '金额过大') : plain;
  const text = decimalText(cell);
  const match = text === null ? null : AMOUNT.exec(text.replace('￥', '¥'));
  const digits = match ? plainDigits(`${match[1]}${match[2]}`) : null;
  if (!match || digits === null) return new Refusal('type', AMOUNT_HINT);
  const places = PLACES[match[3] ?? ''] ?? 2;
  const amountFen = parseDecimal(digits, places);
  if (amountFen === null)
    return decimalsOf(digits) > places ? new Refusal('type', '最多到分') : new Refusal('range', '金额过大');
  return Math.abs(amountFen) > MAX_FEN ? new Refusal('range', '金额过大') : amountFen;
}

export interface DecimalBounds {
  /** Decimals that the value may have; it comes as an integer at that place. */
  readonly places: number;
  /** Bounds as written, both included. */
  readonly min: number;
  readonly max: number;
}

/** A decimal as written → integer at `places` decimals. @returns the integer, or type, range */
export function parseBounded(cell: Cell, { places, min, max }: DecimalBounds): Parsed<number> {
  const plain = typeof cell === 'number' ? exactInteger(cell, 10 ** places) : null;
  if (plain !== null && plain >= min * 10 ** places && plain <= max * 10 ** places) return plain;
  const text = decimalText(cell);
  const digits = text === null ? null : plainDigits(text);
  if (digits === null) return new Refusal('type', places === 0 ? '请填整数' : '请填数字');
  const scaled = parseDecimal(digits, places);
  const unit = 10 ** places;
  if (decimalsOf(digits) > places)
    return new Refusal('type', places === 0 ? '请填整数' : `最多 ${places} 位小数`);
  const isInside = scaled !== null && scaled >= min * unit && scaled <= max * unit;
  return isInside ? scaled : new Refusal('range', `应为 ${min} 到 ${max}`);
}

/** Beyond it the digits of a double do not tell its decimal any more. */
const MAX_PLAIN = 1_000_000_000_000;
/**
 * `value · unit` where the value is the very double of a decimal with that many places: the division of two integers
 * is rounded to the nearest double, so that only that decimal's double equals it. Null for every other value.
 */
function exactInteger(value: number, unit: number): number | null {
  if (!(Math.abs(value) < MAX_PLAIN)) return null;
  const scaled = Math.round(value * unit);
  return scaled / unit === value ? scaled + 0 : null;
}

/** The cell's number as decimal text, full-width forms folded; null where it holds none. */
function decimalText(cell: Cell): string | null {
  if (cell === null || cell instanceof BadCell || cell instanceof Date || typeof cell === 'boolean')
    return null;
  if (typeof cell === 'string') return cell.normalize('NFKC').trim().toLowerCase();
  return plainNumber(cell);
}

const EXPONENT = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;
/** `1e21` and `1e-7` written out. */
function plainNumber(value: number): string {
  const text = String(asSpreadsheetShows(value));
  const match = EXPONENT.exec(text);
  if (!match) return text;
  const [sign, digits, exponent] = [match[1] ?? '', `${match[2]}${match[3] ?? ''}`, Number(match[4])];
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  return sign + digits.padEnd(exponent + 1, '0');
}

/** Without thousands separators (only where they stand right), or null. */
function plainDigits(text: string): string | null {
  const match = GROUPED.exec(text);
  return match ? `${match[1] ?? ''}${(match[2] ?? '').replaceAll(',', '')}${match[3] ?? ''}` : null;
}

/** Decimals that count: zeros at the end do not. */
const decimalsOf = (digits: string): number => (digits.split('.')[1] ?? '').replace(/0+$/, '').length;

/** 是/否, yes/no, true/false, 1/0, Y/N. */
export function parseYesNo(cell: Cell): Parsed<boolean> {
  if (typeof cell === 'boolean') return cell;
  const text = (shownCell(cell) ?? '').normalize('NFKC').trim().toLowerCase();
  const answer = YES_NO.get(text);
  return answer ?? new Refusal('type', '请填 是 或 否');
}

const YES_NO: ReadonlyMap<string, boolean> = new Map([
  ['是', true],
  ['yes', true],
  ['true', true],
  ['1', true],
  ['y', true],
  ['否', false],
  ['no', false],
  ['false', false],
  ['0', false],
  ['n', false],
]);
