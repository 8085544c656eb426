import { isDay, shanghaiDay, type DayString } from '@shigang/shared';
import type { DingTalkRun, DismissionDetail, LeaveRecord, RosterEntry } from '../../dingtalk/index.ts';
import type { HrBook, SeenLeaver, SeenRoster } from './picture.ts';

const DAY_MS = 86_400_000;
/** DingTalk answers at most 365 days of leave records at a time. */
const LEAVE_SPAN_MS = 365 * DAY_MS;
/** How far back leave records are read the first time: the twelve quarters that a history usually covers. */
const LEAVE_SPANS = 3;
const NAME = 64;
const REASON = 255;

export interface HrReadOptions {
  /** Userids of the address book, once known; null when it is not read in this run or could not be. */
  readonly present: Promise<readonly string[] | null>;
  /** Userids in service by the database, for runs without the address book. */
  readonly stored: readonly string[];
  /** Instant, ms: leave records older than this have been read before; null: never read. */
  readonly leaveRecordsFrom: number | null;
  /** Instant, ms. */
  readonly now: number;
}

/** Reads Smart HR: who is in service, roster values, and who left. @throws DingTalkError */
export async function readHrBook(run: DingTalkRun, options: HrReadOptions): Promise<HrBook> {
  const [onJob, leavers, present] = await Promise.all([
    run.roster.onJob(),
    readLeavers(run, options),
    options.present,
  ]);
  const people = new Set([...(present ?? options.stored), ...leavers.keys()]);
  const roster = new Map(
    (await run.roster.values([...people])).map((entry) => [entry.userId, seenRoster(entry)]),
  );
  return { onJob: new Set(onJob), roster, leavers };
}

/** Smart HR's word on a leaver counts; a leave record stands in for people removed without its process. */
async function readLeavers(run: DingTalkRun, options: HrReadOptions): Promise<Map<string, SeenLeaver>> {
  const [ids, records] = await Promise.all([run.roster.dismissedIds(), readLeaveRecords(run, options)]);
  const leavers = new Map<string, SeenLeaver>();
  for (const record of records) {
    const known = leavers.get(record.userId);
    const seen = fromRecord(record);
    if (!known?.leftOn || (seen.leftOn !== null && seen.leftOn > known.leftOn))
      leavers.set(record.userId, seen);
  }
  for (const detail of await run.roster.dismissions(ids)) {
    if (detail.hasLeft) leavers.set(detail.userId, fromDismission(detail, leavers.get(detail.userId)));
  }
  return leavers;
}

async function readLeaveRecords(
  run: DingTalkRun,
  { leaveRecordsFrom, now }: HrReadOptions,
): Promise<LeaveRecord[]> {
  const records: LeaveRecord[] = [];
  const oldest = Math.max(leaveRecordsFrom ?? 0, now - LEAVE_SPANS * LEAVE_SPAN_MS);
  for (let until = now; until > oldest; until -= LEAVE_SPAN_MS) {
    records.push(...(await run.roster.leaveRecords(Math.max(oldest, until - LEAVE_SPAN_MS), until)));
  }
  return records;
}

const fromRecord = (record: LeaveRecord): SeenLeaver => ({
  userId: record.userId,
  name: record.name?.slice(0, NAME) ?? null,
  leftOn: record.leftAt === null ? null : shanghaiDay(record.leftAt),
  leftKind: null,
  reason: null,
  departmentIds: [],
  mainDeptId: null,
});

function fromDismission(detail: DismissionDetail, record: SeenLeaver | undefined): SeenLeaver {
  const isVoluntary = detail.voluntaryReasons.length > 0;
  const isInvoluntary = detail.passiveReasons.length > 0;
  // Reasons of both kinds say nothing about which it was.
  const kind = isVoluntary === isInvoluntary ? null : isVoluntary ? 'voluntary' : 'involuntary';
  const reasons = [
    ...detail.voluntaryReasons,
    ...detail.passiveReasons,
    ...(detail.memo === null ? [] : [detail.memo]),
  ];
  return {
    userId: detail.userId,
    name: detail.name?.slice(0, NAME) ?? record?.name ?? null,
    leftOn: detail.lastWorkDayAt === null ? (record?.leftOn ?? null) : shanghaiDay(detail.lastWorkDayAt),
    leftKind: kind,
    reason: reasons.length === 0 ? null : [...new Set(reasons)].join('；').slice(0, REASON),
    departmentIds: detail.departmentIds,
    mainDeptId: detail.mainDepartmentId,
  };
}

function seenRoster({ fields }: RosterEntry): SeenRoster {
  const birth = dayOfText(fields.birthDate?.value ?? fields.birthDate?.label ?? null);
  const mainDeptId = Number(fields.mainDepartmentId?.value ?? '');
  return {
    name: fields.name?.value?.slice(0, NAME) ?? null,
    jobNumber: fields.jobNumber?.value?.slice(0, NAME) ?? null,
    hiredOn: dayOfText(fields.hiredOn?.value ?? fields.hiredOn?.label ?? null),
    mainDeptId: Number.isSafeInteger(mainDeptId) && mainDeptId > 0 ? mainDeptId : null,
    gender: genderOf(fields.gender?.label ?? fields.gender?.value ?? null),
    birthYear: birth === null ? null : Number(birth.slice(0, 4)),
  };
}

/** A roster's date: a day, a day with time, an instant with zone, or ms as text (the reading form is not documented). */
export function dayOfText(text: string | null): DayString | null {
  if (text === null) return null;
  if (/^-?\d{9,14}$/.test(text)) return shanghaiDay(Number(text));
  if (/Z$|[+-]\d{2}:?\d{2}$/.test(text) && text.includes('T')) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? null : shanghaiDay(instant);
  }
  const day = text.slice(0, 10).replaceAll('/', '-');
  return isDay(day) ? (day as DayString) : null;
}

function genderOf(text: string | null): 'male' | 'female' | null {
  if (text === '男' || text === 'male') return 'male';
  return text === '女' || text === 'female' ? 'female' : null;
}
