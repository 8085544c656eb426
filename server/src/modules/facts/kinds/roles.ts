import type { DayString, SalesRole } from '@shigang/shared';
import { quarterOf, type Kind } from './kind.ts';

export interface RoleFact {
  readonly userId: string;
  readonly validFrom: DayString;
  readonly role: SalesRole;
}

export const roles: Kind<RoleFact> = {
  table: 'role_assignments',
  keyLength: 2,
  columns: ['user_id', 'valid_from', 'role'],
  constants: { source: 'import', decision_id: null },
  toRow: (fact) => [fact.userId, fact.validFrom, fact.role],
  concern(get, { currentQuarter }) {
    const quarters = quartersFrom(quarterOf(get('valid_from')), currentQuarter);
    return { userIds: [String(get('user_id'))], profile: quarters, statement: quarters };
  },
  records: {
    name: 'role',
    id: "CONCAT(user_id, '|', valid_from)",
    idParts: ['user_id', 'valid_from'],
    person: 'user_id',
    on: 'valid_from',
    title: 'role',
  },
};

/** A role holds until the next one: every quarter from its start to the present. */
function quartersFrom(first: number, last: number): number[] {
  const quarters = [first];
  for (let next = first + 1; next <= last; next += 1) quarters.push(next);
  return quarters;
}
