/** Who is asking: made only by this folder, so that nobody can grant himself rights. */
export interface Viewer {
  /** For the audit log: a userid, `cli:<system user>` or `system:<purpose>`. */
  readonly actor: string;
  /** The DingTalk userid; null for system and command line. */
  readonly userId: string | null;
  readonly isSystem: boolean;
  /** The command line without `--as`: whoever runs this installation. */
  readonly isOperator: boolean;
  readonly isHrAdmin: boolean;
  readonly isAuditor: boolean;
  readonly isHr: boolean;
  /** Departments in the HR person's scope, sub-departments included. */
  readonly hrDepartmentIds: readonly number[];
  /** Direct and indirect reports. */
  readonly reportIds: readonly string[];
}

/** A job or rule reads under its purpose; the audit log shows it. */
export const systemViewer = (purpose: string): Viewer => ({
  ...nobody,
  actor: `system:${purpose}`,
  isSystem: true,
});

/** The command line without `--as`: an HR admin's rights (docs/formats.md §8), and those of operations. */
export const operatorViewer = (systemUser: string): Viewer => ({
  ...nobody,
  actor: `cli:${systemUser}`,
  isOperator: true,
  isHrAdmin: true,
});

/** Not signed in. */
export const nobody: Viewer = {
  actor: 'anonymous',
  userId: null,
  isSystem: false,
  isOperator: false,
  isHrAdmin: false,
  isAuditor: false,
  isHr: false,
  hrDepartmentIds: [],
  reportIds: [],
};
