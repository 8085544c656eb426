import { mulDivHalfUp } from '../../rounding/half-up.ts';
import type { CreditedRenewal } from '../facts.ts';
import { RenewalLine, type Line, type LineHead } from '../line.ts';
import type { RenewalCommission } from '../plan/plan.ts';

/**
 * One line per renewed contract: share × rate × years ÷ 10,000, rounded half up once.
 * Source: docs/domain.md §6, renewal_commission.
 */
export const priceRenewals = (
  head: LineHead,
  component: RenewalCommission,
  renewals: readonly CreditedRenewal[],
): Line[] =>
  renewals.map(
    (renewal) =>
      new RenewalLine(
        head,
        renewal.anchorOn,
        renewal.renewalId,
        mulDivHalfUp(renewal.shareFen, component.rateBp * renewal.years, 10_000),
        renewal.contractFen,
        renewal.shareBp,
        renewal.shareFen,
        renewal.years,
      ),
  );
