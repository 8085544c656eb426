import {
  AppError,
  cyclePublishedNotice,
  type NoticeText,
  type SalesRole,
  type TierCounts,
} from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';

/** Outbox kind of HR's card of a published cycle. */
export const CYCLE_CARD_KIND = 'notice.cycle_published';

/** Payload of {@link CYCLE_CARD_KIND}, written by the review. */
export interface CycleCardPayload {
  readonly cycleId: string;
  readonly userId: string;
  readonly period: string;
  readonly role: SalesRole;
  /** Day in Shanghai. */
  readonly publishedOn: string;
  /** Counts of the people whom the recipient may see. */
  readonly counts: TierCounts;
  /** Absent: 1. */
  readonly wording?: number;
}

/** Wording and link of the card. @throws AppError employee.unknown */
export async function cycleCardText(
  sql: Sql,
  publicUrl: string,
  payload: CycleCardPayload,
): Promise<NoticeText & { link: string; wording: number }> {
  const [employee] = await sql.select<{ name: string }>('SELECT name FROM employees WHERE user_id = ?', [
    payload.userId,
  ]);
  if (!employee) throw new AppError('employee.unknown', { userId: payload.userId });
  const wording = payload.wording ?? 1;
  const { period, role, publishedOn, counts } = payload;
  const text = cyclePublishedNotice({
    recipientName: employee.name,
    period,
    role,
    publishedOn,
    counts,
    wording,
  });
  return { ...text, wording, link: `${publicUrl}/desk/cycles/${encodeURIComponent(payload.cycleId)}` };
}
