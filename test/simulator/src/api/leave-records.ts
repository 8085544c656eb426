import { startOfDay } from '../clock/shanghai.ts';
import { NewApiError } from './gateway/answer-errors.ts';
import { integerWithin } from './gateway/parameters.ts';
import type { ApiCall, ApiRoute } from './gateway/route.ts';

const PAGE = [1, 50] as const;
const LONGEST_SPAN_MS = 365 * 86_400_000;
/** A leaver is taken out of the address book at the end of the last working day's office hours. */
const LEAVING_HOUR_MS = 18 * 3_600_000;
const TOKEN_PREFIX = 'DCCD7A656F';

const invalid = (name: string): NewApiError =>
  new NewApiError(400, 'invalidParameter.param.invalid', `入参错误：${name}`);

function instant({ query }: ApiCall, name: string, fallback?: number): number {
  const text = query[name];
  if (text === undefined && fallback !== undefined) return fallback;
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text)) throw invalid(name);
  return Date.parse(text);
}

const offsetOf = (token: string | undefined): number => {
  if (token === undefined || token === '' || token === '0') return 0;
  const hex = token.startsWith(TOKEN_PREFIX) ? token.slice(TOKEN_PREFIX.length) : '';
  if (!/^[0-9A-F]{6}$/.test(hex)) throw invalid('nextToken');
  return Number.parseInt(hex, 16);
};

/** Who left the address book and when; the end of paging is a missing `nextToken`. */
export const leaveRecordRoutes: ApiRoute[] = [
  {
    host: 'api',
    method: 'GET',
    path: '/v1.0/contact/empLeaveRecords',
    needsToken: true,
    permission: 'Contact.Common.Read',
    metered: false,
    purpose: '同步',
    answer: (world, call) => {
      const from = instant(call, 'startTime');
      const until = instant(call, 'endTime', world.clock.now());
      if (until < from || until - from > LONGEST_SPAN_MS) throw invalid('endTime');
      const size = integerWithin(call.query, 'maxResults', PAGE, () => invalid('maxResults'));
      const offset = offsetOf(call.query.nextToken);
      const records = world.directory
        .leaveRecords()
        .map((record) => ({ ...record, at: startOfDay(record.leftOn) + LEAVING_HOUR_MS }))
        .filter((record) => record.at >= from && record.at < until);
      const next = offset + size;
      return {
        nextToken:
          next < records.length
            ? `${TOKEN_PREFIX}${next.toString(16).toUpperCase().padStart(6, '0')}`
            : undefined,
        records: records.slice(offset, next).map((record) => ({
          userId: record.userid,
          name: record.name,
          stateCode: record.mobile === null ? undefined : '86',
          mobile: record.mobile ?? undefined,
          leaveTime: `${new Date(record.at).toISOString().slice(0, 19)}Z`,
          leaveReason: 'delete',
        })),
      };
    },
  },
];
