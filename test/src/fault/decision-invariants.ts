import type { Database } from '@shigang/server';
import { DECISION_CYCLE, HR, HR_ADMIN, type DecisionHouse } from '../harness/decision-house.ts';
import { booksOf, type DecisionBooks } from '../harness/decision-state.ts';

/* What must hold of the decision's route at any moment, looked up in the database and in the books of DingTalk. */

/** @returns sentences about what does not hold */
export async function brokenInvariants(house: DecisionHouse): Promise<string[]> {
  const { db } = house;
  const books = await booksOf(house.dingtalk);
  return [
    ...(await noticeOncePerWording(db, books)),
    ...(await approvalOncePerDecision(db, books)),
    ...(await bothConsented(db)),
    ...(await transferOncePerChange(db, books)),
    ...(await nothingBeforePublication(house, books)),
    ...(await nothingOfColleagues(db, books)),
    ...(await everyStateHasItsEntry(db)),
  ];
}

const textOf = (title: string | undefined, body: string | undefined): string => `${title}\n${body}`;

/** A card that arrived belongs to a notice of ours, and to no more arrivals than there are such notices. */
async function noticeOncePerWording(db: Database, { notices }: DecisionBooks): Promise<string[]> {
  const rows = await db.select<{
    user_id: string;
    title: string;
    body: string;
    wording: number;
    subject: string;
  }>(
    "SELECT user_id, title, body, wording, COALESCE(decision_id, kind) AS subject FROM notices WHERE state <> 'written' OR first_tried_at IS NOT NULL",
  );
  const allowed = countBy(rows, (row) => `${row.user_id}\n${textOf(row.title, row.body)}`);
  const arrived = notices.filter(({ delivery }) => delivery === 'delivered');
  const got = countBy(arrived, ({ recipients, content: { action_card: card } }) =>
    [recipients.join(), textOf(card?.title, card?.markdown)].join('\n'),
  );
  const tooOften = [...got].flatMap(([text, n]) =>
    n > (allowed.get(text) ?? 0) ? [`${n} times delivered, ${allowed.get(text) ?? 0} written: ${text}`] : [],
  );
  const doubled = [...countBy(rows, (row) => `${row.user_id} ${row.subject} wording ${row.wording}`)];
  return [...tooOften, ...doubled.flatMap(([key, n]) => (n > 1 ? [`${n} notices of ${key}`] : []))];
}

/** Every instance at DingTalk carries the id of its row, and a row has one instance at most. */
async function approvalOncePerDecision(db: Database, { approvals }: DecisionBooks): Promise<string[]> {
  const rows = await db.select<{ approval_id: string; decision_id: string; instance_id: string | null }>(
    'SELECT approval_id, decision_id, instance_id FROM approvals',
  );
  return rows.flatMap((row) => {
    const instances = approvals.filter(({ formValues }) =>
      Object.values(formValues).some((value) => value.includes(row.approval_id)),
    );
    const open = instances.filter(({ state }) => state === 'running' || state === 'agreed');
    if (open.length > 1) return [`${open.length} running or agreed approvals of ${row.decision_id}`];
    if (row.instance_id !== null && instances.every(({ id }) => id !== row.instance_id))
      return [`instance ${row.instance_id} of ${row.decision_id} is not in the books`];
    return [];
  });
}

/** A dated role, an agreed change and a transfer have both agreements, or HR's ground in place of the person's. */
async function bothConsented(db: Database): Promise<string[]> {
  const rows = await db.select<{ decision_id: string; what: string }>(
    `SELECT c.decision_id, c.what FROM (
       SELECT decision_id, 'role' AS what FROM role_assignments WHERE source = 'decision'
       UNION ALL SELECT decision_id, 'transfer' FROM roster_transfers
       UNION ALL SELECT decision_id, 'state' FROM role_changes WHERE state IN ('agreed', 'effective')) c
     LEFT JOIN approvals a ON a.decision_id = c.decision_id AND a.state = 'agreed'
     LEFT JOIN replies r ON r.decision_id = c.decision_id AND r.answer = 'agree'
     LEFT JOIN role_changes g ON g.decision_id = c.decision_id AND g.ground IS NOT NULL
     WHERE a.decision_id IS NULL OR (r.decision_id IS NULL AND g.decision_id IS NULL)`,
  );
  const dated = await db.select<{ decision_id: string }>(
    `SELECT c.decision_id FROM role_changes c
     LEFT JOIN role_assignments r ON r.decision_id = c.decision_id AND r.valid_from = c.effective_on AND r.role = c.to_role
     WHERE (c.state IN ('agreed', 'effective')) <> (r.decision_id IS NOT NULL)`,
  );
  return [
    ...rows.map((row) => `${row.what} of ${row.decision_id} without both agreements`),
    ...dated.map((row) => `the dated role of ${row.decision_id} does not go with its state`),
  ];
}

/** As many transfers as changes that took effect and are mapped, at most; never before the day. */
async function transferOncePerChange(db: Database, { transfers }: DecisionBooks): Promise<string[]> {
  const rows = await db.select<{ user_id: string }>(
    `SELECT t.user_id FROM roster_transfers t JOIN role_changes c ON c.decision_id = t.decision_id
     WHERE c.state = 'effective'`,
  );
  const allowed = countBy(rows, (row) => row.user_id);
  return [...countBy(transfers, (one) => one.userId)].flatMap(([userId, n]) =>
    n > (allowed.get(userId) ?? 0) ? [`${n} transfers of ${userId}`] : [],
  );
}

/** Before publication nobody but HR gets anything, and the own endpoints know no score and no tier. */
async function nothingBeforePublication(house: DecisionHouse, books: DecisionBooks): Promise<string[]> {
  const [cycle] = await house.db.select<{ state: string }>(
    'SELECT state FROM review_cycles WHERE cycle_id = ?',
    [DECISION_CYCLE],
  );
  if (cycle?.state !== 'review') return [];
  const { notices, approvals, todos, transfers } = books;
  const sent = [...notices.map((one) => one.recipients), ...todos.map((one) => one.recipients)]
    .flat()
    .filter((userId) => userId !== HR && userId !== HR_ADMIN);
  return [...sent, ...approvals, ...transfers].length > 0 ? [`sent before publication: ${sent.join()}`] : [];
}

/** A card to a person of the cycle names nobody else of it. */
async function nothingOfColleagues(db: Database, { notices }: DecisionBooks): Promise<string[]> {
  const members = await db.select<{ user_id: string; name: string }>(
    'SELECT user_id, name FROM cycle_members WHERE cycle_id = ?',
    [DECISION_CYCLE],
  );
  return notices.flatMap(({ recipients, content: { action_card: card } }) => {
    const me = members.find((one) => recipients.includes(one.user_id));
    if (me === undefined) return [];
    const named = members.filter(
      (one) => one !== me && textOf(card?.title, card?.markdown).includes(one.name),
    );
    const figure = /\d{2}\.\d{2}/.test(card?.title ?? '') ? [`a figure in the title for ${me.user_id}`] : [];
    return [...named.map((one) => `${one.name} named to ${me.user_id}`), ...figure];
  });
}

/** Every decision, reply, change of state and end of an approval was entered in the audit. */
async function everyStateHasItsEntry(db: Database): Promise<string[]> {
  const entries = await db.select<{ action: string; text: string }>(
    `SELECT action, CONCAT_WS(' ', subject_id, before_value, after_value) AS text FROM audit_log`,
  );
  const has = (action: RegExp, id: string): boolean =>
    entries.some((entry) => action.test(entry.action) && entry.text.includes(id));
  const needed = await db.select<{ id: string; action: string }>(
    `SELECT decision_id AS id, '^decision\\\\.' AS action FROM decisions
     UNION ALL SELECT decision_id, CONCAT('^role_change\\\\.', state, '$') FROM role_changes WHERE state <> 'open'
     UNION ALL SELECT decision_id, '^role_change\\\\.' FROM replies
     UNION ALL SELECT decision_id, '^role_change\\\\.' FROM role_changes WHERE ground IS NOT NULL
     UNION ALL SELECT approval_id, '^approval\\\\.started$' FROM approvals WHERE instance_id IS NOT NULL
     UNION ALL SELECT approval_id, CONCAT('^approval\\\\.', state, '$') FROM approvals
       WHERE state NOT IN ('waiting', 'starting', 'running')
     UNION ALL SELECT cycle_id, CONCAT('^cycle\\\\.', state, '$') FROM review_cycles
       WHERE is_history = 0 AND state IN ('published', 'closed')`,
  );
  return needed.flatMap(({ id, action }) =>
    has(new RegExp(action), id) ? [] : [`no audit entry ${action} of ${id}`],
  );
}

function countBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
