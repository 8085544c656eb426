import { secondsBetweenWallTimes } from '@shigang/shared';
import { quarterOf, type Kind } from './kind.ts';

export interface CollaborationFact {
  readonly collaborationId: string;
  readonly userId: string;
  readonly toDepartment: string | null;
  readonly subject: string | null;
  /** Wall time in Asia/Shanghai, `2026-07-01 14:05:09`, as all three. */
  readonly requestedAt: string;
  readonly respondedAt: string | null;
  readonly resolvedAt: string | null;
  readonly solved: boolean | null;
}

export const collaborations: Kind<CollaborationFact> = {
  table: 'collaborations',
  keyLength: 1,
  columns: [
    'collaboration_id',
    'user_id',
    'to_department',
    'subject',
    'requested_at',
    'responded_at',
    'resolved_at',
    'solved',
    'requested_q',
    'resolved_q',
    'response_sec',
  ],
  constants: {},
  wallTimes: ['requested_at', 'responded_at', 'resolved_at'],
  toRow: (fact) => [
    fact.collaborationId,
    fact.userId,
    fact.toDepartment,
    fact.subject,
    fact.requestedAt,
    fact.respondedAt,
    fact.resolvedAt,
    fact.solved === null ? null : fact.solved ? 1 : 0,
    quarterOf(fact.requestedAt),
    quarterOf(fact.resolvedAt),
    fact.respondedAt === null ? null : secondsBetweenWallTimes(fact.requestedAt, fact.respondedAt),
  ],
  concern: (get) => ({
    userIds: [String(get('user_id'))],
    profile: [Number(get('requested_q')), Number(get('resolved_q'))],
    statement: [Number(get('requested_q')), Number(get('resolved_q'))],
  }),
  records: {
    name: 'collaboration',
    id: 'collaboration_id',
    person: 'user_id',
    on: 'CAST(requested_at AS CHAR(10))',
    title: 'to_department',
    outcome: "IF(resolved_at IS NULL, 'pending', IF(solved = 1, 'solved', 'unsolved'))",
    responseSec: 'response_sec',
    text: 'subject',
  },
};
