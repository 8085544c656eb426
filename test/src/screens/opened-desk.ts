import type { BrowserContext, Page } from 'playwright-core';
import type { CycleState } from '@shigang/shared';
import { afterSuite } from '../harness/servers.ts';
import { decisionDesk, type DecisionDesk } from './fixture-decisions.ts';
import { startFixtureServer } from './fixture-server.ts';
import { watch } from './page-checks.ts';

/** A page of the desk on a made-up cycle. */
export interface Opened {
  page: Page;
  desk: DecisionDesk;
  troubles: string[];
}

/** Opens a path of the desk; the server ends with the suite. */
export async function opened(context: BrowserContext, state: CycleState, path: string): Promise<Opened> {
  const desk = decisionDesk(state);
  const server = await startFixtureServer({ isSignedIn: true, api: desk.api });
  afterSuite(() => server.close());
  const page = await context.newPage();
  const troubles = watch(page);
  await page.goto(server.origin + path);
  return { page, desk, troubles };
}

/** Bodies of what the page has written, oldest first. */
export const writes = ({ asked }: DecisionDesk): unknown[] =>
  asked.filter(({ method }) => method === 'POST').map(({ body }) => body);
