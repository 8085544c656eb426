import { AppError } from '../errors/app-error.ts';
import { largestRemainder } from '../rounding/largest-remainder.ts';

/** One employee's share of a deal or renewal in basis points; the shares of one record sum to 10,000. */
export interface Credit {
  readonly userId: string;
  readonly bp: number;
}

export interface CreditShare extends Credit {
  /** The share in fen; the shares of one record sum to its amount exactly. */
  readonly shareFen: number;
}

export const FULL_SHARE_BP = 10_000;

/**
 * Shares of `amountFen` (≥ 0) by largest remainder: every share is floored, the remaining fen go one by one to the
 * largest fraction, then to the lowest userid (code units). The answer is ordered by userid, whatever the order of
 * entry. Source: docs/domain.md §6, credit split.
 * @throws AppError incentive.credits_sum unless the shares sum to 10,000 bp
 */
export function splitCredits(amountFen: number, credits: readonly Credit[]): CreditShare[] {
  const ordered = [...credits].sort((a, b) => (a.userId < b.userId ? -1 : 1));
  const sum = ordered.reduce((total, credit) => total + credit.bp, 0);
  if (sum !== FULL_SHARE_BP) throw new AppError('incentive.credits_sum', { sum });
  if (ordered.length === 1 && ordered[0]) return [new Share(ordered[0].userId, FULL_SHARE_BP, amountFen)];
  const parts = largestRemainder(
    amountFen,
    ordered.map((credit) => credit.bp),
  );
  return ordered.map((credit, position) => new Share(credit.userId, credit.bp, parts[position] as number));
}

class Share implements CreditShare {
  constructor(
    readonly userId: string,
    readonly bp: number,
    readonly shareFen: number,
  ) {}
}
