import { FULL_SHARE_BP } from '@shigang/shared';
import { BadCell, shownCell, type Cell } from '../read/cell.ts';
import { Refusal, type Parsed } from './refusal.ts';

export interface WrittenCredit {
  /** Userid, job number or name as written. */
  readonly person: string;
  readonly bp: number;
}

const HINT = '请写成 zhangsan:7000;lisi:3000，合计 10000';
/** More people than this share no deal. */
const MAX_SHARES = 50;

/**
 * `zhangsan:7000;lisi:3000` (full-width separators too) → shares in basis points that sum to 10,000.
 * @returns the shares as written, or type, range, credits_sum
 */
export function parseCredits(cell: Cell): Parsed<WrittenCredit[]> {
  if (cell === null || cell instanceof BadCell || cell instanceof Date) return new Refusal('type', HINT);
  const text = (shownCell(cell) ?? '').normalize('NFKC');
  const pieces = text
    .split(/[;\n]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  if (pieces.length === 0 || pieces.length > MAX_SHARES) return new Refusal('type', HINT);
  const credits: WrittenCredit[] = [];
  for (const piece of pieces) {
    const match = /^(.+?)\s*:\s*(\d{1,6})$/.exec(piece);
    if (!match) return new Refusal('type', HINT);
    const bp = Number(match[2]);
    if (bp === 0 || bp > FULL_SHARE_BP) return new Refusal('range', '每份应为 1 到 10000');
    credits.push({ person: match[1] ?? '', bp });
  }
  const sum = credits.reduce((total, credit) => total + credit.bp, 0);
  return sum === FULL_SHARE_BP ? credits : new Refusal('credits_sum', sum.toLocaleString('en-US'));
}
