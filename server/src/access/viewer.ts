/** Who is asking: made only by this folder, so that nobody can grant himself rights. */
export interface Viewer {
  /** For the audit log: a userid, `cli:<system user>` or `system:<purpose>`. */
  readonly actor: string;
  /** The DingTalk userid; null for system and command line. */
  readonly userId: string | null;
  readonly isSystem: boolean;
  readonly isHrAdmin: boolean;
  readonly isAuditor: boolean;
  readonly isHr: boolean;
  /** Departments in the HR person's scope, sub-departments included. */
  readonly hrDepartmentIds: readonly number[];
  /** Direct and indirect reports. */
  readonly reportIds: readonly string[];
}

/** What a viewer may do at all; which people it concerns is the predicate's matter. */
export type Ability =
  | 'anyone'
  | 'signed_in'
  | 'own.read'
  | 'team.read'
  | 'cycle.read'
  | 'cycle.decide'
  | 'ops.read'
  | 'audit.read';

const ABILITIES: Readonly<Record<Ability, (viewer: Viewer) => boolean>> = {
  anyone: () => true,
  signed_in: (viewer) => viewer.userId !== null || viewer.isSystem,
  'own.read': (viewer) => viewer.userId !== null,
  /** Somebody reports to this person, directly or not. */
  'team.read': (viewer) => viewer.reportIds.length > 0,
  'cycle.read': (viewer) => viewer.isHr || viewer.isHrAdmin || viewer.isSystem,
  'cycle.decide': (viewer) => viewer.isHr || viewer.isHrAdmin || viewer.isSystem,
  'ops.read': (viewer) => viewer.isHrAdmin || viewer.isSystem,
  'audit.read': (viewer) => viewer.isAuditor || viewer.isHrAdmin || viewer.isSystem,
};

export const may = (viewer: Viewer, ability: Ability): boolean => ABILITIES[ability](viewer);

/** A job or rule reads under its purpose; the audit log shows it. */
export const systemViewer = (purpose: string): Viewer => ({
  ...nobody,
  actor: `system:${purpose}`,
  isSystem: true,
});

/** The command line without `--as`: an HR admin's rights (spec "interfaces: command line"). */
export const operatorViewer = (systemUser: string): Viewer => ({
  ...nobody,
  actor: `cli:${systemUser}`,
  isHrAdmin: true,
});

/** Not signed in. */
export const nobody: Viewer = {
  actor: 'anonymous',
  userId: null,
  isSystem: false,
  isHrAdmin: false,
  isAuditor: false,
  isHr: false,
  hrDepartmentIds: [],
  reportIds: [],
};
