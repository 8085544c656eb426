import type { KindReaders } from './kind.ts';
import { assessments, attendance, roles, trainings } from './people.ts';
import { deals, receipts, renewals } from './sales.ts';
import { collaborations, feedback } from './service.ts';

/** Every kind, in the order in which one import reads them: what is referred to comes first. */
export const kindReaders: KindReaders = {
  roles,
  deals,
  receipts,
  renewals,
  feedback,
  collaborations,
  trainings,
  assessments,
  attendance,
};
