import {
  AppError,
  cyclePublishedNotice,
  decisionNotice,
  teamSummaryNotice,
  type NoticeText,
} from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import type { OutboxRow } from '../../platform/outbox/outbox.ts';
import type { NoticeDeps } from './deps.ts';
import {
  CYCLE_CARD_KIND,
  NOTICE_DECISION_KIND,
  TEAM_SUMMARY_KIND,
  type AnyNoticePayload,
  type CycleCardPayload,
  type DecisionNoticePayload,
  type TeamSummaryPayload,
} from './kinds.ts';

/** A notice as it is written down before it goes out. */
interface WrittenText extends NoticeText {
  readonly link: string;
  readonly decisionId: string | null;
}

type Write = (sql: Sql, publicUrl: string, payload: AnyNoticePayload) => Promise<WrittenText>;

/** Wording and link by kind. @throws AppError employee.unknown */
const texts = {
  [CYCLE_CARD_KIND]: async (sql, publicUrl, payload) => ({
    ...cyclePublishedNotice(await namedFacts(sql, payload as CycleCardPayload)),
    link: `${publicUrl}/desk/cycles/${encodeURIComponent(payload.cycleId)}`,
    decisionId: null,
  }),
  [TEAM_SUMMARY_KIND]: async (sql, publicUrl, payload) => ({
    ...teamSummaryNotice(await namedFacts(sql, payload as TeamSummaryPayload)),
    link: `${publicUrl}/team`,
    decisionId: null,
  }),
  [NOTICE_DECISION_KIND]: (_, publicUrl, payload) => {
    const { decisionId, facts, wording = 1 } = payload as DecisionNoticePayload;
    const { title, markdown, button } = decisionNotice({ ...facts, wording });
    const link = `${publicUrl}/development?period=${encodeURIComponent(facts.period)}`;
    return Promise.resolve({ title, markdown, button, link, decisionId });
  },
} as const satisfies Readonly<Record<string, Write>>;

export type NoticeKind = keyof typeof texts;
export const noticeKinds = Object.keys(texts) as NoticeKind[];

/**
 * Writes a notice down under the id of its outbox row, unless it is there: its text is fixed from then on.
 * @throws AppError employee.unknown
 */
export async function writeNotice(
  deps: Pick<NoticeDeps, 'config'>,
  sql: Sql,
  row: Pick<OutboxRow, 'id' | 'payload'> & { readonly kind: string },
): Promise<void> {
  const payload = row.payload as AnyNoticePayload;
  const write: Write = texts[row.kind as NoticeKind];
  const text = await write(sql, deps.config.publicUrl, payload);
  await sql.insertMany(
    'notices',
    ['id', 'kind', 'cycle_id', 'decision_id', 'user_id', 'wording', 'title', 'body', 'button', 'link'],
    [
      [
        ...[row.id, row.kind, payload.cycleId, text.decisionId, payload.userId, payload.wording ?? 1],
        ...[text.title, text.markdown, text.button, text.link],
      ],
    ],
    { update: [] },
  );
}

async function namedFacts<Payload extends CycleCardPayload>(
  sql: Sql,
  payload: Payload,
): Promise<Payload & { recipientName: string; wording: number }> {
  const [employee] = await sql.select<{ name: string }>('SELECT name FROM employees WHERE user_id = ?', [
    payload.userId,
  ]);
  if (!employee) throw new AppError('employee.unknown', { userId: payload.userId });
  return { ...payload, recipientName: employee.name, wording: payload.wording ?? 1 };
}
