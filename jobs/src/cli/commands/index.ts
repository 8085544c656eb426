import type { Command } from 'commander';
import { registerCycle } from './cycle.ts';
import { registerDoctor } from './doctor.ts';
import { registerEmployees } from './employees.ts';
import { registerExplain } from './explain.ts';
import { registerImport } from './import.ts';
import { registerIncentives } from './incentives.ts';
import { registerMigrate } from './migrate.ts';
import { registerModel } from './model.ts';
import { registerPlan } from './plan.ts';
import { registerProfiles } from './profiles.ts';
import { registerServe } from './serve.ts';
import { registerSettings } from './settings.ts';
import { registerSimulator } from './simulator.ts';
import { registerSync } from './sync.ts';
import { registerTemplate } from './template.ts';
import { registerTick } from './tick.ts';
import { registerWorker } from './worker.ts';

/** Every command of `npx shigang`, one file each. */
export const commands: readonly ((program: Command) => void)[] = [
  registerDoctor,
  registerMigrate,
  registerSimulator,
  registerSync,
  registerImport,
  registerTemplate,
  registerModel,
  registerPlan,
  registerSettings,
  registerProfiles,
  registerCycle,
  registerIncentives,
  registerTick,
  registerExplain,
  registerEmployees,
  registerWorker,
  registerServe,
];
