import { Type } from 'class-transformer';
import { IsBoolean, IsString, ValidateNested } from 'class-validator';
import { shanghaiInstant } from '@shigang/shared';
import type * as answers from '@shigang/shared/answers';
import { IsNullable } from '../../platform/http/index.ts';
import { may, type Viewer } from '../../access/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database.ts';

/** Which doors are shown; the server decides again at every read. */
export class SessionAbilities implements answers.SessionAbilities {
  /** Holds (or held) a sales role: has a home, a statement, a match score. */
  @IsBoolean()
  seesOwnFigures!: boolean;
  /** HR or HR admin: may open /desk. */
  @IsBoolean()
  opensDesk!: boolean;
  /** Somebody reports to this person, directly or not: may open /team. */
  @IsBoolean()
  managesTeam!: boolean;
}

/** Who is signed in. */
export class SessionAnswer implements answers.SessionAnswer {
  @IsString()
  userId!: string;
  @IsString()
  name!: string;
  @IsNullable()
  @IsString()
  departmentName!: string | null;
  @ValidateNested()
  @Type(() => SessionAbilities)
  abilities!: SessionAbilities;
}

/** What every page's answer starts with. */
export class AnswerHead implements answers.AnswerHead {
  @ValidateNested()
  @Type(() => SessionAnswer)
  viewer!: SessionAnswer;
  /** Business time, ISO 8601 in Asia/Shanghai with offset. */
  @IsString()
  nowAt!: string;
  /** When the figures were computed last; null when there are none. */
  @IsNullable()
  @IsString()
  dataAt!: string | null;
}

interface ViewerRow {
  name: string;
  department_name: string | null;
  has_role: number;
}

/** Describes a signed-in viewer. */
export async function sessionAnswer(sql: Sql, viewer: Viewer): Promise<SessionAnswer> {
  const [row] = await sql.select<ViewerRow>(
    `SELECT e.name, d.name AS department_name,
       EXISTS (SELECT 1 FROM role_assignments r WHERE r.user_id = e.user_id) AS has_role
     FROM employees e LEFT JOIN departments d ON d.dept_id = e.main_dept_id WHERE e.user_id = ?`,
    [viewer.userId],
  );
  return {
    userId: viewer.userId ?? '',
    name: row?.name ?? '',
    departmentName: row?.department_name ?? null,
    abilities: {
      seesOwnFigures: Number(row?.has_role ?? 0) === 1,
      opensDesk: may(viewer, 'cycle.read'),
      managesTeam: viewer.reportIds.length > 0,
    },
  };
}

/** Head of a page's answer. @param dataAt real or business ms of the figures' last computation */
export async function answerHead(
  deps: { readonly db: Sql; readonly clock: Clock },
  viewer: Viewer,
  dataAt: number | null,
): Promise<AnswerHead> {
  return {
    viewer: await sessionAnswer(deps.db, viewer),
    nowAt: shanghaiInstant(deps.clock.now()),
    dataAt: dataAt === null ? null : shanghaiInstant(dataAt),
  };
}
