import { fen, isDay, salesRoles, type DayString, type SalesRole, type SegmentBounds } from '@shigang/shared';

/** Department and position that the roster gets when somebody takes up a role. */
export interface RoleTarget {
  readonly deptId: number;
  readonly positionName: string;
}

/** Which DingTalk roles (by name) mean which access role. */
export interface AccessRoles {
  readonly hr: readonly string[];
  readonly hrAdmin: readonly string[];
  readonly auditor: readonly string[];
}

/** Every setting of the system (docs/settings.md explains each). */
export interface Settings {
  /** Departments per HR person (userid), sub-departments included; without an entry: none. */
  readonly hrScopes: Readonly<Record<string, readonly number[]>>;
  readonly accessRoles: AccessRoles;
  readonly segments: SegmentBounds;
  /** First day of the tiering programme; null: not set, before/after comparisons are not shown. */
  readonly programmeStartOn: DayString | null;
  readonly roleTargets: Readonly<Partial<Record<SalesRole, RoleTarget>>>;
  /** Working days that an employee has to reply to a decision. */
  readonly replyWorkingDays: number;
  /** Days after its decision in which the courses of a training plan are due. */
  readonly trainingDueDays: number;
  readonly managersSeeIncentiveTotals: boolean;
  /** Whether a role change that takes effect is passed on to DingTalk's roster. */
  readonly rosterTransfer: boolean;
  /** No line is clawed back more than so many months after it. */
  readonly clawbackMonths: number;
  /** Days after which post that was sent, or taken back, is deleted. */
  readonly outboxKeepDays: number;
}

export type SettingName = keyof Settings;

/** What is wrong with a value: where, and in words. */
export class SettingProblem extends Error {
  readonly field: string;

  constructor(field: string, detail: string) {
    super(detail);
    this.field = field;
  }
}

interface Definition<Value> {
  readonly preset: Value;
  /** The value of a JSON document, checked. @throws SettingProblem */
  readonly read: (json: unknown, field: string) => Value;
}

const MAX_WORKING_DAYS = 60;
const MAX_CLAWBACK_MONTHS = 120;
const MAX_TRAINING_DAYS = 365;
const MAX_KEEP_DAYS = 3_650;
const MAX_NAME = 64;

export const settingDefinitions: { readonly [Name in SettingName]: Definition<Settings[Name]> } = {
  hrScopes: { preset: {}, read: readScopes },
  accessRoles: { preset: { hr: ['HR'], hrAdmin: ['HR管理员'], auditor: ['审计'] }, read: readAccessRoles },
  segments: { preset: { mediumFromFen: fen(500_000), largeFromFen: fen(1_000_000) }, read: readSegments },
  programmeStartOn: { preset: null, read: readDayOrNull },
  roleTargets: { preset: {}, read: readRoleTargets },
  replyWorkingDays: {
    preset: 5,
    read: (json, field) => whole(json, field, { min: 1, max: MAX_WORKING_DAYS }),
  },
  trainingDueDays: {
    preset: 35,
    read: (json, field) => whole(json, field, { min: 1, max: MAX_TRAINING_DAYS }),
  },
  managersSeeIncentiveTotals: { preset: false, read: yesNo },
  rosterTransfer: { preset: true, read: yesNo },
  clawbackMonths: {
    preset: 12,
    read: (json, field) => whole(json, field, { min: 0, max: MAX_CLAWBACK_MONTHS }),
  },
  outboxKeepDays: {
    preset: 90,
    read: (json, field) => whole(json, field, { min: 1, max: MAX_KEEP_DAYS }),
  },
};

export const settingNames = Object.keys(settingDefinitions) as SettingName[];

function readScopes(json: unknown, field: string): Settings['hrScopes'] {
  return mapObject(json, field, (value, at) =>
    list(value, at, (item, itemAt) => whole(item, itemAt, { min: 1 })),
  );
}

function readAccessRoles(json: unknown, field: string): AccessRoles {
  const parts = mapObject(json, field, (value, at) => list(value, at, (item, itemAt) => text(item, itemAt)));
  const { accessRoles } = settingDefinitions;
  refuseUnknown(parts, Object.keys(accessRoles.preset), field);
  return { ...accessRoles.preset, ...parts };
}

function readSegments(json: unknown, field: string): SegmentBounds {
  const parts = mapObject(json, field, (value, at) => whole(value, at, { min: 1 }));
  refuseUnknown(parts, ['mediumFromFen', 'largeFromFen'], field);
  const { preset } = settingDefinitions.segments;
  const mediumFromFen = fen(parts['mediumFromFen'] ?? preset.mediumFromFen);
  const largeFromFen = fen(parts['largeFromFen'] ?? preset.largeFromFen);
  if (mediumFromFen >= largeFromFen) throw new SettingProblem(field, '中客户的起点应小于大客户的起点');
  return { mediumFromFen, largeFromFen };
}

function readDayOrNull(json: unknown, field: string): DayString | null {
  if (json === null) return null;
  if (typeof json !== 'string' || !isDay(json))
    throw new SettingProblem(field, '应为日期，如 2025-10-01，或 null');
  return json as DayString;
}

function readRoleTargets(json: unknown, field: string): Settings['roleTargets'] {
  const targets = mapObject(json, field, (value, at): RoleTarget => {
    const parts = object(value, at);
    refuseUnknown(parts, ['deptId', 'positionName'], at);
    return {
      deptId: whole(parts['deptId'], `${at}.deptId`, { min: 1 }),
      positionName: text(parts['positionName'], `${at}.positionName`),
    };
  });
  refuseUnknown(targets, salesRoles, field);
  return targets;
}

function object(json: unknown, field: string): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new SettingProblem(field, '应为一个对象 { … }');
  return json as Record<string, unknown>;
}

function mapObject<Value>(
  json: unknown,
  field: string,
  read: (value: unknown, at: string) => Value,
): Record<string, Value> {
  const entries = Object.entries(object(json, field));
  return Object.fromEntries(entries.map(([key, value]) => [key, read(value, `${field}.${key}`)]));
}

function list<Item>(json: unknown, field: string, read: (item: unknown, at: string) => Item): Item[] {
  if (!Array.isArray(json)) throw new SettingProblem(field, '应为一个列表 [ … ]');
  return json.map((item, index) => read(item, `${field}[${index}]`));
}

function refuseUnknown(parts: object, known: readonly string[], field: string): void {
  const unknown = Object.keys(parts).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new SettingProblem(`${field}.${unknown}`, `只能是 ${known.join('、')}`);
}

function whole(json: unknown, field: string, { min, max }: { min: number; max?: number }): number {
  if (
    typeof json === 'number' &&
    Number.isSafeInteger(json) &&
    json >= min &&
    (max === undefined || json <= max)
  )
    return json;
  throw new SettingProblem(
    field,
    max === undefined ? `应为不小于 ${min} 的整数` : `应为 ${min} 到 ${max} 的整数`,
  );
}

function text(json: unknown, field: string): string {
  if (typeof json === 'string' && json.trim() !== '' && json.length <= MAX_NAME) return json.trim();
  throw new SettingProblem(field, `应为不超过 ${MAX_NAME} 个字符的文字`);
}

function yesNo(json: unknown, field: string): boolean {
  if (typeof json === 'boolean') return json;
  throw new SettingProblem(field, '应为 true 或 false');
}
