import { AppError } from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { answerHead } from '../session/index.ts';
import type { StatementAnswer } from '@shigang/shared/answers';
import type { Incentive } from './index.ts';

/** What answering the owner of a statement needs. */
export interface OwnStatementDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly incentive: Pick<Incentive, 'latestPeriod' | 'statementOf'>;
}

/**
 * The viewer's own statement, the same answer for the JSON endpoint and the server-rendered page; without a period the
 * newest quarter with earnings.
 * @throws AppError statement.not_found, period.invalid
 */
export async function ownStatement(
  deps: OwnStatementDeps,
  viewer: Viewer,
  query: { readonly period?: string },
): Promise<StatementAnswer> {
  const userId = viewer.userId ?? '';
  const period = query.period ?? (await deps.incentive.latestPeriod(viewer, userId));
  if (period === null) throw new AppError('statement.not_found');
  const { computedAt, ...view } = await deps.incentive.statementOf(viewer, { userId, period });
  return { ...(await answerHead(deps, viewer, computedAt.getTime())), ...view };
}
