import type { SalesRole } from '@shigang/shared';

/** The role whose model a person's own pages show. */
export const OWN_ROLE: SalesRole = 'large_account';
