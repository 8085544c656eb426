import type { declarations } from '@shigang/server';
import type { JobHandler } from '../handler.ts';

export const handleApplyInbox: JobHandler<typeof declarations.applyInbox> = async (_, { app, owner }) => {
  await app.modules.inboxReader.drain(owner);
};
