import type { Period } from '@shigang/shared';
import type { EvidencePage, HomeMatch, PersonFileAnswer } from '@shigang/shared/answers';
import type { Viewer } from '../../access/index.ts';
import type { EvidenceDeps } from './deps.ts';
import { ownDevelopment, type OwnDevelopment } from './development.queries.ts';
import { personFile } from './evidence-file.queries.ts';
import { cycleEvidence, type EvidenceSubject } from './evidence.queries.ts';
import { homeDevelopment, type HomeDevelopment } from './home-development.ts';
import { homeMatch, ownEvidence, ownMatch, type OwnEvidence, type OwnMatch } from './own.queries.ts';
import { ownRoleOf } from './own-role.ts';

export type { EvidenceDeps } from './deps.ts';
export { HomeDevelopment } from './home-development.ts';
export { HomeMatch } from './own.dto.ts';
export { evidenceRoutes } from './routes.ts';

/** What stands behind a score and a decision: a person's own pages, the records, the evidence file. */
export interface EvidenceModule {
  /** One's own score for the pages, see {@link ownMatch}. */
  ownMatch(viewer: Viewer, period: Period | null): Promise<OwnMatch>;
  homeMatch(viewer: Viewer, period: Period): Promise<HomeMatch>;
  homeDevelopment(viewer: Viewer, period: Period): Promise<HomeDevelopment | null>;
  /** See {@link ownEvidence}; without a period that of {@link EvidenceModule.ownMatch}. */
  ownEvidence(
    viewer: Viewer,
    of: { readonly period: Period | null; readonly metric: string; readonly after: number },
  ): Promise<OwnEvidence>;
  /** See {@link ownDevelopment}. */
  ownDevelopment(viewer: Viewer, period: Period | null): Promise<OwnDevelopment>;
  /** See {@link cycleEvidence}. */
  cycleEvidence(viewer: Viewer, subject: EvidenceSubject): Promise<EvidencePage>;
  /** See {@link personFile}. */
  personFile(
    viewer: Viewer,
    of: { readonly cycleId: string; readonly userId: string },
  ): Promise<PersonFileAnswer>;
}

export function createEvidence(deps: EvidenceDeps): EvidenceModule {
  const withRole = async <P extends Period | null>(viewer: Viewer, period: P) => ({
    period,
    role: await ownRoleOf(deps.db, viewer.userId, period),
  });
  return {
    ownMatch: async (viewer, period) => ownMatch(deps, viewer, await withRole(viewer, period)),
    homeMatch: async (viewer, period) => homeMatch(deps, viewer, await withRole(viewer, period)),
    homeDevelopment: async (viewer, period) => homeDevelopment(deps, viewer, await withRole(viewer, period)),
    ownEvidence: async (viewer, { period, ...of }) => {
      const subject = await withRole(viewer, period);
      const asked = period ?? (await ownMatch(deps, viewer, subject)).period;
      return ownEvidence(deps, viewer, { ...subject, ...of, period: asked });
    },
    ownDevelopment: async (viewer, period) => ownDevelopment(deps, viewer, await withRole(viewer, period)),
    cycleEvidence: (viewer, subject) => cycleEvidence(deps, viewer, subject),
    personFile: (viewer, of) => personFile(deps, viewer, of),
  };
}
