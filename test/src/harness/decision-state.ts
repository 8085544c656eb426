import type { Database } from '@shigang/server';
import type { TestDingTalk } from './test-dingtalk.ts';

/* What a run of the decision's route left behind, without ids and instants, so that two runs can be held against each other. */

/** The books of the simulator as far as the route writes them. */
export interface DecisionBooks {
  readonly notices: readonly BookedNotice[];
  readonly approvals: readonly BookedApproval[];
  readonly transfers: readonly BookedTransfer[];
  readonly todos: readonly BookedTodo[];
}
export interface BookedNotice {
  readonly id: string;
  readonly recipients: readonly string[];
  readonly content: { readonly action_card?: { readonly title: string; readonly markdown: string } };
  readonly delivery: string | number;
}
export interface BookedApproval {
  readonly id: string;
  readonly state: 'running' | 'agreed' | 'refused' | 'terminated';
  readonly starter: string;
  readonly approvers: readonly string[];
  readonly formValues: Readonly<Record<string, string>>;
}
export interface BookedTransfer {
  readonly userId: string;
  readonly deptId: number;
  readonly position: string;
}
export interface BookedTodo {
  readonly recipients: readonly string[];
  readonly state: string;
  readonly content: { readonly subject?: string; readonly description?: string };
}

export const booksOf = (dingtalk: TestDingTalk): Promise<DecisionBooks> => dingtalk.control('/books');

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Of one house only: where its server listens. */
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/g;
const bare = (value: unknown): string =>
  JSON.stringify(value).replaceAll(UUID, 'id').replaceAll(ADDRESS, 'https://app');
const sorted = (values: readonly unknown[]): string[] => values.map(bare).sort();

/** What people got, each thing once: a repeat that DingTalk swallowed reached nobody. */
export function reached(books: DecisionBooks): Record<string, string[]> {
  const { notices, approvals, transfers, todos } = books;
  return {
    notices: sorted(
      notices
        .filter(({ delivery }) => delivery === 'delivered')
        .map(({ recipients, content }) => [recipients, content]),
    ),
    approvals: sorted(
      approvals.map(({ state, starter, approvers, formValues }) => [starter, approvers, state, formValues]),
    ),
    transfers: sorted(transfers.map(({ userId, deptId, position }) => [userId, deptId, position])),
    todos: sorted(todos.map(({ recipients, state, content }) => [recipients, state, content.subject])),
  };
}

/** Rows of the route by what they say; `attempts` and times differ from run to run. */
const QUERIES: Readonly<Record<string, string>> = {
  cycles: 'SELECT cycle_id, state, actions FROM review_cycles',
  decisions: `SELECT user_id, kind, tier, target_role, reason, (current_key IS NULL) AS is_replaced FROM decisions`,
  changes: `SELECT user_id, from_role, to_role, consent_text, offered_on, reply_due_on, state, returned_why, returned_remark,
    is_for_admin, ground, (manager_agreed_at IS NOT NULL) AS has_manager, effective_on, settled_by FROM role_changes`,
  replies: 'SELECT user_id, answer, text, channel FROM replies',
  approvals: `SELECT user_id, starter_user_id, approver_user_id, is_gated, (gate_opened_at IS NOT NULL) AS is_open, state,
    (instance_id IS NOT NULL) AS is_started, settled_by, remark FROM approvals`,
  roles: `SELECT user_id, valid_from, role FROM role_assignments WHERE source = 'decision'`,
  transfers: 'SELECT user_id, to_role, dept_id, position_name, state, detail FROM roster_transfers',
  plans: 'SELECT user_id, due_on, state, todo_state FROM training_plans',
  courses: `SELECT p.user_id, c.seq, c.course, c.due_on FROM training_plan_courses c JOIN training_plans p USING (decision_id)`,
  // How an arrival became known differs: unread, read, or as a repeat that was swallowed.
  notices: `SELECT kind, user_id, wording, title, body, link, state, IF(state = 'delivered', NULL, delivery) AS delivery
    FROM notices`,
  outbox: 'SELECT kind, business_key, state FROM outbox',
  inbox: 'SELECT kind, state FROM inbox',
  audit: `SELECT action, actor, subject_kind, subject_id, reason FROM audit_log WHERE action NOT LIKE '%.read'`,
};

/** Everything of the route in the database, table by table. */
export async function storedState(db: Database): Promise<Record<string, string[]>> {
  const state: Record<string, string[]> = {};
  for (const [name, sql] of Object.entries(QUERIES)) state[name] = sorted(await db.select(sql));
  return state;
}
