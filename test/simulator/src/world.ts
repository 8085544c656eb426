import { Tokens } from './api/tokens.ts';
import { Variation } from './api/variation.ts';
import { Books } from './books/books.ts';
import { CallLog } from './calls/call-log.ts';
import { CallRate, MonthlyQuota } from './calls/quota.ts';
import { SimulatorClock } from './clock/clock.ts';
import { Faults } from './faults/faults.ts';
import { Directory } from './org/directory.ts';
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

/** Everything that the make-believe DingTalk knows, in one place. */
export interface World {
  clock: SimulatorClock;
  directory: Directory;
  tokens: Tokens;
  books: Books;
  calls: CallLog;
  quota: MonthlyQuota;
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
  withheldPermissions?: string[] | undefined;
}

export function createWorld(options: WorldOptions): World {
  const clock = new SimulatorClock();
  if (options.now !== undefined) clock.set(options.now);
  const edition = options.edition ?? options.org.corp.edition ?? 'standard';
  const directory = new Directory(options.org, clock);
  return {
    clock,
    directory,
    tokens: new Tokens(clock),
    books: new Books(clock, directory),
    calls: new CallLog(clock),
    quota: new MonthlyQuota(edition, clock),
    rate: new CallRate(edition, clock),
    faults: new Faults(),
    variation: new Variation(options.variationSeed),
    credentials: {
      corpId: options.org.corp.corpId,
      clientId: 'dingsimappkey0000001',
      clientSecret: 'simSecret0123456789abcdefghijklmnopqrstuvwxyz',
      agentId: AGENT_ID,
    },
    withheldPermissions: new Set(options.withheldPermissions ?? []),
  };
}
