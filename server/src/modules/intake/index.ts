import type { Viewer } from '../../access/index.ts';
import { importFile, type ImportRequest, type IntakeDeps } from './import-file.ts';
import type { ImportReport } from './report.ts';

export type { ImportRequest, IntakeDeps } from './import-file.ts';
export type { ImportIssue, ImportReport } from './report.ts';

/** The face of the imports. */
export interface Intake {
  /** See {@link importFile}. */
  importFile(viewer: Viewer, request: ImportRequest): Promise<ImportReport>;
}

export function createIntake(deps: IntakeDeps): Intake {
  return {
    importFile: (viewer, request) => importFile(deps, viewer, request),
  };
}
