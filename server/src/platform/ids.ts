import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** A random row id, 36 characters; no order is implied by it. */
export const newId = (): string => randomUUID();

/** A secret for cookies: 32 random bytes in base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const sha256 = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');
