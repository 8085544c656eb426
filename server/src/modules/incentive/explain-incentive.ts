import { correctedLineId, lineId, linesInOrder, type LineInput, type Period } from '@shigang/shared';
import type { PlanRef, StatementLine } from '@shigang/shared/answers';
import { assertMay, type Viewer } from '../../access/index.ts';
import type { IncentiveDeps } from './deps.ts';
import type { PlanRefs } from './plans/plan-refs.ts';
import { readableLines } from './statement-lines.ts';
import { readStatement } from './statement-row.ts';

/** The line that a clawback corrects, among its inputs. */
export interface CorrectedLine {
  readonly name: 'line';
  readonly unit: 'line';
  readonly value: string;
}

type PlanName = Pick<PlanRef, 'id' | 'version' | 'name'>;

/** Answer of `explain incentive` (docs/formats.md §8). */
export interface IncentiveExplanation {
  readonly userId: string;
  readonly name: string;
  readonly period: Period;
  readonly plan: PlanName | null;
  readonly status: 'open' | 'locked' | 'paid';
  readonly totalFen: number;
  readonly oldPlanTotalFen: number | null;
  readonly lines: readonly ExplainedLine[];
}

export interface ExplainedLine extends Omit<StatementLine, 'inputs' | 'source' | 'plan'> {
  readonly inputs: readonly (LineInput | CorrectedLine)[];
  readonly source: Pick<StatementLine['source'], 'kind' | 'id'>;
  readonly plan: PlanName;
}

/**
 * A stored statement line by line; reading another person's is audited.
 * @throws AppError statement.not_found for an absent and a forbidden one alike
 */
export async function explainIncentive(
  deps: IncentiveDeps,
  plans: PlanRefs,
  viewer: Viewer,
  subject: { readonly userId: string; readonly period: Period },
): Promise<IncentiveExplanation> {
  assertMay(viewer, 'explain.incentive', 'statement.not_found');
  const { userId, period } = subject;
  const stored = await readStatement(deps.db, viewer, userId, period);
  await deps.audit.recordRead(deps.db, viewer, 'statement', userId);
  const corrected = new Map(
    linesInOrder(stored.document).flatMap((line) =>
      line.kind === 'clawback' ? [[lineId(userId, line), correctedLineId(userId, line)] as const] : [],
    ),
  );
  const plan = stored.document.plans.at(-1);
  const lines = await readableLines(deps.db, plans, userId, stored.document);
  return {
    userId,
    name: stored.name,
    period,
    plan: plan ? nameOf((await plans.find(plan.id, plan.version)).ref) : null,
    status: stored.status,
    totalFen: stored.totalFen,
    oldPlanTotalFen: stored.oldTotalFen,
    lines: lines.map((line) => explained(line, corrected.get(line.id))),
  };
}

function explained(line: StatementLine, correctedId: string | undefined): ExplainedLine {
  const { source, inputs, plan, ...rest } = line;
  return {
    ...rest,
    inputs:
      correctedId === undefined ? inputs : [...inputs, { name: 'line', unit: 'line', value: correctedId }],
    source: { kind: source.kind, id: source.id },
    plan: nameOf(plan),
  };
}

const nameOf = ({ id, version, name }: PlanRef): PlanName => ({ id, version, name });
