import {
  isPublic,
  type Period,
  type SalesRole,
  explainDocument,
  type ExplainMatchDocument,
} from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { liveFigures, present } from '../match/index.ts';
import { cycleIdOf, findCycle } from './cycle.ts';
import type { CycleDeps } from './deps.ts';
import { memberFigures } from './member-figures.ts';

/** Whose score of which period, against which role's model. */
export interface ExplainSubject {
  readonly userId: string;
  readonly period: Period;
  readonly role: SalesRole;
}

/**
 * `explain match`: the frozen score where the period's cycle is published, for everybody who may see the profile; else
 * the last rebuild, for HR alone. Reading another person's is audited.
 * @throws AppError cycle.person_not_found (absent and not visible look alike), model.not_found
 */
export async function explainPerson(
  deps: CycleDeps,
  viewer: Viewer,
  subject: ExplainSubject,
): Promise<ExplainMatchDocument> {
  assertMay(viewer, 'explain.match', 'cycle.person_not_found');
  const { userId } = subject;
  const cycle = await findCycle(deps.db, cycleIdOf(subject.period, subject.role));
  const frozen =
    cycle && isPublic(cycle.state)
      ? await memberFigures(deps, cycle, { viewer, userId, data: 'profile' })
      : null;
  const figures = present(frozen ?? (await liveFigures(deps, subject, { viewer, userId, data: 'cycle' })));
  await deps.audit.recordRead(deps.db, viewer, 'match', userId);
  return explainDocument(figures.source, { userId, name: figures.name });
}
