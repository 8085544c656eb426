import { buildApp, createLog, readConfig, type App, type Database, type Overrides } from '@shigang/server';
import { urlOf } from './databases/database-url.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface TestAppParts extends Overrides {
  readonly db: Database;
  /** Stands at the demo's instant by default. */
  readonly clock?: VirtualClock;
  readonly publicUrl?: string;
}

/**
 * The whole house over a database of the suite, its clock standing still. Parts that are not given throw when they are
 * touched: nothing leaves without a DingTalk.
 */
export function testApp({ publicUrl = 'http://127.0.0.1:7001', ...overrides }: TestAppParts): Promise<App> {
  const env = { DATABASE_URL: urlOf(overrides.db), PUBLIC_URL: publicUrl };
  return buildApp(readConfig(env, ['database']), ['database'], {
    name: 'test',
    overrides: { clock: new VirtualClock(), log: createLog('silent', 'test'), ...overrides },
  });
}
