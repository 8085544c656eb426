import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DayString } from '@shigang/shared';

/** BIGINT keys arrive as text or number, whichever driver path they take; in the code they are numbers. */
export const wholeNumber = {
  to: (value: number | null | undefined): number | null | undefined => value,
  from: (value: string | number | null): number | null => (value === null ? null : Number(value)),
};

/** A department as DingTalk has it now; where people belonged when is in {@link DepartmentMembership}. */
@Entity('departments')
export class Department {
  @PrimaryColumn({ name: 'dept_id', type: 'bigint', transformer: wholeNumber }) deptId!: number;
  @Column({ type: 'varchar', length: 128 }) name!: string;
  @Column({ name: 'parent_id', type: 'bigint', nullable: true, transformer: wholeNumber }) parentId!:
    number | null;
  @Column({ name: 'manager_user_ids', type: 'simple-json' }) managerUserIds!: string[];
  @Column({ type: 'boolean', default: true }) active!: boolean;
  @Column({ name: 'updated_at', type: 'datetime', precision: 3 }) updatedAt!: Date;
}

/** Who belonged to which department when; days included, `validTo` null while it lasts. */
@Entity('department_memberships')
export class DepartmentMembership {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 64 }) userId!: string;
  @PrimaryColumn({ name: 'dept_id', type: 'bigint', transformer: wholeNumber }) deptId!: number;
  @PrimaryColumn({ name: 'valid_from', type: 'date' }) validFrom!: DayString;
  @Column({ name: 'valid_to', type: 'date', nullable: true }) validTo!: DayString | null;
  @Column({ name: 'is_main', type: 'boolean' }) isMain!: boolean;
}
