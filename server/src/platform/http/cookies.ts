/** One cookie of a Cookie header. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/**
 * Set-Cookie of the session: DingTalk on PC shows the app in a frame, so `SameSite=None; Partitioned`; writes are
 * therefore checked by Origin (docs/security.md).
 */
export const sessionCookie = (name: string, token: string, maxAgeMs: number): string =>
  `${name}=${token}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned; Max-Age=${Math.floor(maxAgeMs / 1000)}`;
