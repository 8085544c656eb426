import type { Platform } from './app.ts';
import { createSettings, type SettingsModule } from './modules/settings/index.ts';

/** The faces of all modules, built in the order in which they may know each other. */
export interface Modules {
  readonly settings: SettingsModule;
}

export function createModules(platform: Platform): Modules {
  const settings = createSettings(platform);
  return { settings };
}
