/** Profiles: from facts to sums, metrics and their evidence. Which model applies and how it scores is `match`'s matter. */
export { evidenceIds, type PersonEvidence } from './evidence-ids.ts';
export { evidenceRecords } from './evidence-records.ts';
export { planGather, type GatherPlan } from './gather-plan.ts';
export { gatherSums } from './gather.ts';
export { findProfileValues, readProfileDoc, writeProfileDoc, type ProfileValues } from './profile-doc.ts';
export {
  departmentDocs,
  readProfile,
  readTeamAverages,
  removeOutsiders,
  writeProfiles,
  writeTeamAverages,
  type ProfileKey,
  type ProfileRow,
  type StoredProfile,
} from './profile-store.ts';
export { peopleInScope, type ScopeFilter, type ScopePerson } from './scope.queries.ts';
export { TeamSums, type TeamAverageRow } from './team-sums.ts';
