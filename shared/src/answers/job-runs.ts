import type { SalesRole } from '../messages/words.ts';

/** State of a piece of long work; `cancelled` only when somebody asked for it. */
export type JobRunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** Long work that an endpoint or command started, as its panel shows it. Instants are ISO 8601 with +08:00. */
export interface JobRunView {
  runId: string;
  /** Name of the declaration, such as `profiles.rebuild`. */
  kind: string;
  /** What is being done, a phrase in Chinese: 重算 2026年第三季度能力画像. */
  title: string;
  state: JobRunState;
  /** How much of `total` is done, in the unit that `sentence` names; 0 while queued. */
  done: number;
  /** Null: not known yet. */
  total: number | null;
  /** When it was asked for. */
  startedAt: string;
  /** Null: not over yet. */
  finishedAt: string | null;
  /** Name of the person, or of what started it by itself. */
  startedBy: string;
  /** Whether the viewer may still stop it; false once somebody has asked. */
  mayCancel: boolean;
  /** Where it stands, what came of it or why it failed: one sentence in Chinese. */
  sentence: string;
}

/** GET /api/v1/job-runs: what runs or waits, and what was started today, newest first; own ones, an HR admin everybody's. */
export interface JobRunsAnswer {
  runs: readonly JobRunView[];
}

/** GET /api/v1/job-runs/{runId}. */
export interface JobRunAnswer extends JobRunView {
  /** What the work answered, as its kind describes it; null unless `done`. */
  outcome: object | null;
  /** Code of the catalogue; null unless `failed`. */
  errorCode: string | null;
}

/** POST /api/v1/profiles/rebuild → JobRunStarted. */
export interface RebuildRequest {
  /** A quarter, 2026Q3. */
  period: string;
  role: SalesRole;
}

/** Answer of whatever starts a run (POST …): look at it under /api/v1/job-runs/{runId}. */
export interface JobRunStarted {
  runId: string;
  /** `running`: the same work was asked for before and is not over yet. */
  status: 'created' | 'running';
}
