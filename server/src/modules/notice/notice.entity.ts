import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * `written` not sent yet · `accepted` DingTalk took it · `delivered` it told so · `swallowed` by one of its limits ·
 * `failed` not delivered · `unknown` DingTalk can no longer tell.
 */
export type NoticeState = 'written' | 'accepted' | 'delivered' | 'swallowed' | 'failed' | 'unknown';

/** States of a notice that did not arrive, or of which nobody can tell: it may be sent once more. */
export const UNREACHED: readonly NoticeState[] = ['unknown', 'swallowed', 'failed'];

/** What somebody is told by a work notice: written with its cause, kept when its post is long gone. Times are business time. */
@Entity('notices')
export class Notice {
  /** The id of its outbox row. */
  @PrimaryColumn({ type: 'char', length: 36 }) id!: string;
  @Column({ type: 'varchar', length: 32 }) kind!: string;
  @Column({ name: 'cycle_id', type: 'varchar', length: 40, nullable: true }) cycleId!: string | null;
  /** Decision that it tells of; null for summaries. */
  @Column({ name: 'decision_id', type: 'char', length: 36, nullable: true }) decisionId!: string | null;
  @Column({ name: 'user_id', type: 'varchar', length: 64 }) userId!: string;
  /** 1; one more each time it is sent again in other words. */
  @Column({ type: 'int', default: 1 }) wording!: number;
  @Column({ type: 'varchar', length: 200 }) title!: string;
  @Column({ type: 'text' }) body!: string;
  /** Null: written by a release before this column. */
  @Column({ type: 'varchar', length: 20, nullable: true }) button!: string | null;
  @Column({ type: 'varchar', length: 500 }) link!: string;
  /** SHA-256 of title and body; null: an earlier release wrote its post alone, and it has no words yet. */
  @Column({ name: 'text_hash', type: 'char', length: 64, nullable: true }) textHash!: string | null;
  /** JSON: all that the text is made of. Null: written by an earlier release while this one was already there. */
  @Column({ type: 'longtext', nullable: true }) payload!: string | null;
  /** Nobody is told the same twice, however long ago its post was deleted. */
  @Column({ name: 'business_key', type: 'varchar', length: 160, nullable: true }) businessKey!: string | null;
  @Column({ type: 'varchar', length: 12, default: 'written' }) state!: NoticeState;
  @Column({ name: 'task_id', type: 'varchar', length: 64, nullable: true }) taskId!: string | null;
  /** First attempt that may have gone out; null while certainly none has. */
  @Column({ name: 'first_tried_at', type: 'datetime', precision: 3, nullable: true })
  firstTriedAt!: Date | null;
  @Column({ name: 'accepted_at', type: 'datetime', precision: 3, nullable: true }) acceptedAt!: Date | null;
  /** Tries to send it so far, and what the last one failed for. */
  @Column({ type: 'int', default: 0 }) tries!: number;
  @Column({ type: 'text', nullable: true }) error!: string | null;
  /** Real time: nobody tries any more. */
  @Column({ name: 'given_up_at', type: 'datetime', precision: 3, nullable: true }) givenUpAt!: Date | null;
  /** What DingTalk told: `read`, `unread`, `failed` or the code of a limit; `seen`: the app proved it. */
  @Column({ type: 'varchar', length: 32, nullable: true }) delivery!: string | null;
  @Column({ name: 'delivery_known_at', type: 'datetime', precision: 3, nullable: true })
  deliveryKnownAt!: Date | null;
  /** First opened in the app by the person. */
  @Column({ name: 'seen_at', type: 'datetime', precision: 3, nullable: true }) seenAt!: Date | null;
}
