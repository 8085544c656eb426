import { assertMay, type Viewer } from '../../access/index.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { applySettings, readSettings, type AppliedSettings } from './apply-settings.ts';
import type { Settings } from './definitions.ts';

export type { AppliedSettings } from './apply-settings.ts';
export type { AccessRoles, RoleTarget, SettingName, Settings } from './definitions.ts';

/** The face of the settings. */
export interface SettingsModule {
  /** Settings in force; at most {@link CACHE_MS} old, so that every request may ask. */
  current(): Promise<Settings>;
  /** The whole document, every setting with its value: `settings show`. */
  showSettings(viewer: Viewer): Promise<Settings>;
  /** See {@link applySettings}. */
  applySettings(viewer: Viewer, json: unknown): Promise<AppliedSettings>;
}

/** Another process's change is seen after this long. */
const CACHE_MS = 2_000;

export interface SettingsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

export function createSettings(deps: SettingsDeps): SettingsModule {
  let cached: { readonly value: Promise<Settings>; readonly until: number } | null = null;
  return {
    current() {
      const now = deps.clock.real();
      if (cached === null || now >= cached.until) {
        const value = readSettings(deps.db);
        cached = { value, until: now + CACHE_MS };
        // A failed read is not remembered.
        value.catch(() => (cached = null));
      }
      return cached.value;
    },
    async showSettings(viewer) {
      assertMay(viewer, 'settings.show');
      return readSettings(deps.db);
    },
    async applySettings(viewer, json) {
      const applied = await applySettings(deps, viewer, json);
      cached = null;
      return applied;
    },
  };
}
