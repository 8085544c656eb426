import type { Viewer } from '../../access/index.ts';
import type { Event } from '../../platform/events/index.ts';
import type { InboxHandler } from '../../platform/inbox/reader.ts';
import { personLeft } from '../org/index.ts';
import { ContactEvents } from './contact-events.ts';
import { syncOrg, type SyncDeps, type SyncOptions, type SyncReport } from './sync-org.ts';

export type { SyncOptions, SyncReport } from './sync-org.ts';
export type { ScopeReport, ScopeStatus } from './sync-runs.ts';

/** DingTalk → organisation. */
export interface Sync {
  /** @throws AppError sync.scope_unsupported; failures of DingTalk are in the report */
  run(viewer: Viewer, options?: SyncOptions): Promise<SyncReport>;
  readonly tells: readonly Event[];
  readonly inboxHandlers: readonly InboxHandler[];
}

export const createSync = (deps: SyncDeps): Sync => ({
  run: (viewer, options = {}) => syncOrg(deps, viewer, options),
  tells: [personLeft],
  inboxHandlers: [new ContactEvents(deps)],
});
