import { Platform1760000000001 } from './0001-platform.ts';
import { Org1760000000002 } from './0002-org.ts';
import { Facts1760000000003 } from './0003-facts.ts';
import { Review1760000000004 } from './0004-review.ts';
import { Incentive1760000000005 } from './0005-incentive.ts';
import { Schedule1760000000006 } from './0006-schedule.ts';
import { DecisionEffects1760000000007 } from './0007-decision-effects.ts';
import { PostAndMemory1760000000008 } from './0008-post-and-memory.ts';
import { ImportRuns1760000000009 } from './0009-import-runs.ts';
import { JobRuns1760000000011 } from './0011-job-runs.ts';
import { HotQueries1760000000012 } from './0012-hot-queries.ts';

/** Every migration, oldest first; released ones are never edited. */
export const migrations = [
  Platform1760000000001,
  Org1760000000002,
  Facts1760000000003,
  Review1760000000004,
  Incentive1760000000005,
  Schedule1760000000006,
  DecisionEffects1760000000007,
  PostAndMemory1760000000008,
  ImportRuns1760000000009,
  JobRuns1760000000011,
  HotQueries1760000000012,
];
