import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DayString, SalesRole } from '@shigang/shared';
import { wholeNumber } from './department.entity.ts';

export type LeftKind = 'voluntary' | 'involuntary';
export type Gender = 'male' | 'female';

/** Start of an employment whose hire date nobody knows. */
export const UNKNOWN_START = '1900-01-01' as DayString;

/** A person as DingTalk knows them now, leavers included; no phone number is ever kept. */
@Entity('employees')
export class Employee {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 64 }) userId!: string;
  @Column({ name: 'union_id', type: 'varchar', length: 64, nullable: true }) unionId!: string | null;
  @Column({ type: 'varchar', length: 64 }) name!: string;
  @Column({ name: 'job_number', type: 'varchar', length: 64, nullable: true }) jobNumber!: string | null;
  @Column({ type: 'varchar', length: 128, nullable: true }) title!: string | null;
  @Column({ name: 'main_dept_id', type: 'bigint', nullable: true, transformer: wholeNumber }) mainDeptId!:
    number | null;
  @Column({ name: 'manager_user_id', type: 'varchar', length: 64, nullable: true }) managerUserId!:
    string | null;
  @Column({ name: 'hired_on', type: 'date', nullable: true }) hiredOn!: DayString | null;
  /** Last working day. */
  @Column({ name: 'left_on', type: 'date', nullable: true }) leftOn!: DayString | null;
  @Column({ name: 'left_kind', type: 'varchar', length: 12, nullable: true }) leftKind!: LeftKind | null;
  @Column({ type: 'varchar', length: 8, nullable: true }) gender!: Gender | null;
  @Column({ name: 'birth_year', type: 'smallint', nullable: true }) birthYear!: number | null;
  @Column({ type: 'boolean', default: true }) active!: boolean;
  @Column({ name: 'updated_at', type: 'datetime', precision: 3 }) updatedAt!: Date;
}

/** One employment; somebody who came back has several. */
@Entity('employment_periods')
export class EmploymentPeriod {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 64 }) userId!: string;
  /** {@link UNKNOWN_START} where nobody knows. */
  @PrimaryColumn({ name: 'hired_on', type: 'date' }) hiredOn!: DayString;
  @Column({ name: 'left_on', type: 'date', nullable: true }) leftOn!: DayString | null;
  @Column({ name: 'left_kind', type: 'varchar', length: 12, nullable: true }) leftKind!: LeftKind | null;
  @Column({ name: 'left_reason', type: 'varchar', length: 255, nullable: true }) leftReason!: string | null;
}

/** The sales role somebody holds from a day on, until the next one begins. */
@Entity('role_assignments')
export class RoleAssignment {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 64 }) userId!: string;
  @PrimaryColumn({ name: 'valid_from', type: 'date' }) validFrom!: DayString;
  @Column({ type: 'varchar', length: 16 }) role!: SalesRole;
  @Column({ type: 'varchar', length: 16 }) source!: 'import' | 'decision';
  @Column({ name: 'decision_id', type: 'char', length: 36, nullable: true }) decisionId!: string | null;
  @Column({ name: 'batch_id', type: 'char', length: 36, nullable: true }) batchId!: string | null;
}

/** A DingTalk role somebody holds; the setting `accessRoles` says what it means here. */
@Entity('dingtalk_roles')
export class DingTalkRoleMember {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 64 }) userId!: string;
  @PrimaryColumn({ name: 'role_name', type: 'varchar', length: 64 }) roleName!: string;
}
