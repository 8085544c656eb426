import { assertMay, type Viewer } from '../../access/index.ts';
import { importFile, type ImportRequest, type IntakeDeps } from './import-file.ts';
import type { ImportReport } from './report.ts';
import type { WrittenTemplate } from './write-template.ts';

export type { ImportRequest, IntakeDeps } from './import-file.ts';
export type { ImportIssue, ImportReport } from './report.ts';
export type { WrittenTemplate } from './write-template.ts';

/** The face of the imports. */
export interface Intake {
  /** See {@link importFile}. */
  importFile(viewer: Viewer, request: ImportRequest): Promise<ImportReport>;
  /** Writes the import template with its field dictionary. */
  writeTemplate(viewer: Viewer, path: string): Promise<WrittenTemplate>;
}

export function createIntake(deps: IntakeDeps): Intake {
  return {
    importFile: (viewer, request) => importFile(deps, viewer, request),
    writeTemplate: async (viewer, path) => {
      assertMay(viewer, 'template');
      return (await import('./write-template.ts')).writeTemplate(path);
    },
  };
}
