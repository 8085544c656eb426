import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed-in browser. Only the token's hash is kept; all times are real. */
@Entity('sessions')
export class Session {
  @PrimaryColumn({ name: 'token_hash', type: 'char', length: 64 }) tokenHash!: string;
  @Column({ name: 'user_id', type: 'varchar', length: 64 }) userId!: string;
  @Column({ name: 'corp_id', type: 'varchar', length: 64 }) corpId!: string;
  /** When the person signed in; a renewed token keeps it. */
  @Column({ name: 'created_at', type: 'datetime', precision: 3 }) createdAt!: Date;
  @Column({ name: 'rotated_at', type: 'datetime', precision: 3 }) rotatedAt!: Date;
  @Column({ name: 'expires_at', type: 'datetime', precision: 3 }) expiresAt!: Date;
  /** In the future where a renewed token lasts a moment longer. */
  @Column({ name: 'revoked_at', type: 'datetime', precision: 3, nullable: true }) revokedAt!: Date | null;
}
