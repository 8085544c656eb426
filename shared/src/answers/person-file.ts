import type {
  ApprovalState,
  ReplyAnswer,
  ReturnReason,
  RoleChangeState,
  SalesRole,
} from '../messages/words.ts';
import type { GateMissing } from '../review/role-change.ts';
import type { DevelopmentTraining, FileEntry } from './development.ts';

/** GET /api/v1/cycles/{cycleId}/people/{userId}/file: evidence file 依据档案 of one person (audited). */
export interface PersonFileAnswer {
  cycleId: string;
  period: string;
  userId: string;
  name: string;
  /** Decision in force, null before one. */
  decisionId: string | null;
  change: PersonChange | null;
  notices: readonly PersonNotice[];
  training: DevelopmentTraining | null;
  entries: readonly FileEntry[];
  /** SHA-256 of the entries, so that a printed file can be held against the stored one. */
  contentHash: string;
  /** What the viewer may do now. */
  may: FileAbilities;
}

export interface FileAbilities {
  keep: boolean;
  offerAgain: boolean;
  ground: boolean;
}

export interface PersonChange {
  state: RoleChangeState;
  fromRole: SalesRole;
  toRole: SalesRole;
  returnedWhy: ReturnReason | null;
  returnedRemark: string | null;
  isForAdmin: boolean;
  consentText: string;
  replyDueOn: string;
  answer: ReplyAnswer | null;
  answerText: string | null;
  ground: string | null;
  approval: PersonApproval | null;
  /** What an approval that waits still lacks. */
  missing: readonly GateMissing[];
  effectiveOn: string | null;
}

export interface PersonApproval {
  state: ApprovalState;
  starterName: string | null;
  approverName: string | null;
  startedAt: string | null;
  settledAt: string | null;
  remark: string | null;
}

export interface PersonNotice {
  noticeId: string;
  title: string;
  state: 'written' | 'accepted' | 'delivered' | 'swallowed' | 'failed' | 'unknown';
  sentAt: string | null;
  seenAt: string | null;
  /** Whether HR may send it again in other words. */
  mayResend: boolean;
}
