export {
  createDingTalk,
  type CallPurpose,
  type DingTalk,
  type DingTalkDeps,
  type DingTalkRun,
} from './gateway.ts';
export {
  type ApprovalForm,
  type ApprovalInstance,
  type InstanceState,
  type InstanceStatus,
} from './approvals.ts';
export { DingTalkError, isRefusal } from './calling/errors.ts';
export { Lanes } from './calling/lanes.ts';
export { MAX_MESSAGE_BYTES, messageBytes, type ActionCard, type NoticeDelivery } from './messages.ts';
export { monthlyQuota } from './calling/quota.ts';
export { ROOT_DEPARTMENT_ID, type DingTalkMember, type DingTalkPersonDetail } from './contact.ts';
export type { DismissionDetail, LeaveRecord, RosterEntry } from './roster.ts';
export type { EventStream } from './stream/stream.ts';
export type { DingTalkEvent } from './stream/stream-frames.ts';
