import {
  AppError,
  cyclePublishedNotice,
  decisionNotice,
  teamSummaryNotice,
  type NoticeText,
} from '@shigang/shared';
import type { Post } from '../../platform/outbox/post.ts';
import {
  cycleCard,
  decisionCard,
  teamSummary,
  type CycleCardPayload,
  type NoticePayload,
  type NoticeResult,
} from './kinds.ts';

/** A notice as it is written down before it goes out. */
export interface WrittenText extends NoticeText {
  readonly link: string;
  /** Null for summaries. */
  readonly decisionId: string | null;
}

/** Who reads it, and where the app is. */
interface Reader {
  readonly publicUrl: string;
  /** Null: no such employee. */
  readonly name: string | null;
}

/** A kind of notice: its post and its words. */
export interface NoticeKind<Payload extends NoticePayload = NoticePayload> {
  readonly post: Post<Payload, NoticeResult>;
  /** @throws AppError employee.unknown */
  words(payload: Payload, reader: Reader): WrittenText;
}

const kindOf = <Payload extends NoticePayload>(
  post: Post<Payload, NoticeResult>,
  words: (payload: Payload, reader: Reader) => WrittenText,
): NoticeKind<Payload> => ({ post, words });

/** Every kind of notice with its wording and link. */
export const noticeKinds: readonly NoticeKind[] = [
  kindOf(cycleCard, (payload, reader) => ({
    ...cyclePublishedNotice(named(payload, reader)),
    link: `${reader.publicUrl}/desk/cycles/${encodeURIComponent(payload.cycleId)}`,
    decisionId: null,
  })),
  kindOf(teamSummary, (payload, reader) => ({
    ...teamSummaryNotice(named(payload, reader)),
    link: `${reader.publicUrl}/team`,
    decisionId: null,
  })),
  kindOf(decisionCard, ({ decisionId, facts, wording = 1 }, { publicUrl }) => {
    const { title, markdown, button } = decisionNotice({ ...facts, wording });
    const link = `${publicUrl}/development?period=${encodeURIComponent(facts.period)}`;
    return { title, markdown, button, link, decisionId };
  }),
];

const named = <Payload extends CycleCardPayload>(
  payload: Payload,
  { name }: Reader,
): Payload & { recipientName: string; wording: number } => {
  if (name === null) throw new AppError('employee.unknown', { userId: payload.userId });
  return { ...payload, recipientName: name, wording: payload.wording ?? 1 };
};

/** @throws Error for a kind that is none of ours */
export function noticeKind(kind: string): NoticeKind {
  const found = noticeKinds.find(({ post }) => post.kind === kind);
  if (!found) throw new Error(`no notice of the kind ${kind}`);
  return found;
}
