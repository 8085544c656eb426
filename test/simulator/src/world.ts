import { Tokens } from './api/gateway/tokens.ts';
import { Variation } from './api/gateway/variation.ts';
import { ApprovalBook } from './approvals/approval-book.ts';
import { ApprovalEvents } from './approvals/approval-events.ts';
import { FormBook } from './approvals/form-book.ts';
import { Books } from './books/books.ts';
import { CallLog } from './calls/call-log.ts';
import { CallRate, MonthlyQuota } from './calls/quota.ts';
import { SimulatorClock } from './clock/clock.ts';
import { EventHub } from './events/event-hub.ts';
import { StreamGate } from './events/stream-gate.ts';
import type { StreamTiming } from './events/stream-timing.ts';
import { STREAM_TIMING } from './events/stream-timing.ts';
import { Faults } from './faults/faults.ts';
import { Directory } from './org/directory.ts';
import { OrgEvents } from './org/org-events.ts';
import type { Edition, OrgFile } from './org/org-file.ts';

/** What the app shows at the developer console of a real tenant. */
export interface AppCredentials {
  corpId: string;
  clientId: string;
  clientSecret: string;
  agentId: number;
}

/** Above 2^31: ids of real apps are, too. */
const AGENT_ID = 3_185_599_675;
const APP_ID = 'sim-unified-app';
const UNIFIED_APP_ID = 'bbb381b6-f010-4000-8000-000058daac00';

/** Everything that the make-believe DingTalk knows, in one place. */
export interface World {
  clock: SimulatorClock;
  directory: Directory;
  tokens: Tokens;
  books: Books;
  forms: FormBook;
  gate: StreamGate;
  events: EventHub;
  orgEvents: OrgEvents;
  calls: CallLog;
  quota: MonthlyQuota;
  pushQuota: MonthlyQuota;
  rate: CallRate;
  faults: Faults;
  variation: Variation;
  credentials: AppCredentials;
  /** Permission points that the app was not given. */
  withheldPermissions: ReadonlySet<string>;
}

export interface WorldOptions {
  org: OrgFile;
  edition?: Edition | undefined;
  now?: number | undefined;
  variationSeed: number | null;
  streamTiming?: Partial<StreamTiming> | undefined;
  withheldPermissions?: string[] | undefined;
}

export function createWorld(options: WorldOptions): World {
  const clock = new SimulatorClock();
  if (options.now !== undefined) clock.set(options.now);
  const edition = options.edition ?? options.org.corp.edition ?? 'standard';
  const { corpId } = options.org.corp;
  const directory = new Directory(options.org, clock);
  const variation = new Variation(options.variationSeed);
  const timing = { ...STREAM_TIMING, ...options.streamTiming };
  const pushQuota = new MonthlyQuota(edition, clock, 'pushes');
  const gate = new StreamGate(clock, timing);
  const address = { corpId, appId: APP_ID, unifiedAppId: UNIFIED_APP_ID };
  const events = new EventHub({ clock, gate, timing, address, variation, pushQuota });
  const approvals = new ApprovalBook(clock, new ApprovalEvents(events, { corpId, variation }));
  return {
    clock,
    directory,
    tokens: new Tokens(clock),
    books: new Books({ clock, directory, events, approvals }),
    forms: new FormBook(clock),
    gate,
    events,
    orgEvents: new OrgEvents(directory, { clock, events }),
    calls: new CallLog(clock),
    quota: new MonthlyQuota(edition, clock),
    pushQuota,
    rate: new CallRate(edition, clock),
    faults: new Faults(),
    variation,
    credentials: {
      corpId,
      clientId: 'dingsimappkey0000001',
      clientSecret: 'simSecret0123456789abcdefghijklmnopqrstuvwxyz',
      agentId: AGENT_ID,
    },
    withheldPermissions: new Set(options.withheldPermissions ?? []),
  };
}
