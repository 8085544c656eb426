import type { Viewer } from './viewer.ts';

/** What somebody is in the house; one may be several at once. */
export type AccessRole = 'employee' | 'manager' | 'hr' | 'hrAdmin' | 'auditor' | 'operator' | 'system';

/** The command line without `--as` has an HR admin's rights; a job has those of the house. */
const ADMINS = ['hrAdmin', 'operator', 'system'] as const;
const HR = ['hr', ...ADMINS] as const;

/**
 * Ability → who has it. What a viewer may do at all stands here; which people it concerns is the predicate's matter
 * ({@link visibleEmployees}). docs/security.md says it in words, test/src/security holds every cell.
 */
export const abilities = {
  signed_in: ['employee', 'system'],
  'own.read': ['employee'],
  /** A person's own answer, which nobody can give in his place. */
  'own.answer': ['employee'],
  'team.read': ['manager'],
  /** Single figures down to their records: own ones, and those the predicate lets HR and managers see. */
  'figures.read': ['employee', 'operator', 'system'],
  'people.read': ADMINS,
  'cycle.read': HR,
  'cycle.decide': HR,
  'cycle.run': ADMINS,
  'facts.write': ADMINS,
  'profiles.write': ADMINS,
  'statements.write': ADMINS,
  'plan.read': HR,
  'plan.write': ADMINS,
  'model.read': HR,
  'model.write': ADMINS,
  /** The settings name who is HR of which department. */
  'settings.read': ADMINS,
  'settings.write': ADMINS,
  /** Long work that one started oneself; HR admins see everybody's. */
  'runs.read': HR,
  'ops.read': ADMINS,
  /** What keeps the installation going: clock, schedule, synchronisation, post. */
  operate: ['operator', 'system'],
  'audit.read': ['auditor', ...ADMINS],
} as const satisfies Readonly<Record<string, readonly AccessRole[]>>;

export type Ability = keyof typeof abilities;

const ROLES: Readonly<Record<AccessRole, (viewer: Viewer) => boolean>> = {
  employee: (viewer) => viewer.userId !== null,
  /** Somebody reports to this person, directly or not. */
  manager: (viewer) => viewer.reportIds.length > 0,
  hr: (viewer) => viewer.isHr,
  hrAdmin: (viewer) => viewer.isHrAdmin,
  auditor: (viewer) => viewer.isAuditor,
  operator: (viewer) => viewer.isOperator,
  system: (viewer) => viewer.isSystem,
};

export const may = (viewer: Viewer, ability: Ability): boolean =>
  abilities[ability].some((role) => ROLES[role](viewer));
