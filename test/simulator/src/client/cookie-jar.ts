interface Cookie {
  value: string;
  path: string;
  /** Real time, ms; undefined: as long as the client runs. */
  expiresAt: number | undefined;
}

/**
 * One person's cookies. They stay in the proxy and never reach the browser: there cookies belong to a host whatever
 * its port, and two people on one machine would overwrite each other.
 */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** @param lines `Set-Cookie` headers; Domain, Secure, SameSite and Partitioned mean nothing between proxy and app */
  keep(lines: readonly string[], now: number): void {
    for (const line of lines) this.#keepOne(line, now);
  }

  #keepOne(line: string, now: number): void {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at < 1 || name === '') return;
    const named = new Map(
      attributes.map((attribute) => {
        const [key = '', ...rest] = attribute.split('=');
        return [key.trim().toLowerCase(), rest.join('=').trim()] as const;
      }),
    );
    const expiresAt = expiry(named, now);
    const path = named.get('path')?.startsWith('/') === true ? (named.get('path') ?? '/') : '/';
    const key = `${path} ${name}`;
    if (expiresAt !== undefined && expiresAt <= now) this.#cookies.delete(key);
    else this.#cookies.set(key, { value: pair.slice(at + 1).trim(), path, expiresAt });
  }

  /** @returns the `Cookie` header for a path, longer paths first; undefined if there is nothing to send */
  header(path: string, now: number): string | undefined {
    const sent = [...this.#cookies]
      .filter(([, cookie]) => cookie.expiresAt === undefined || cookie.expiresAt > now)
      .filter(([, cookie]) => covers(cookie.path, path))
      .sort(([, a], [, b]) => b.path.length - a.path.length)
      .map(([key, cookie]) => `${key.slice(key.indexOf(' ') + 1)}=${cookie.value}`);
    return sent.length === 0 ? undefined : sent.join('; ');
  }

  clear(): void {
    this.#cookies.clear();
  }
}

function expiry(attributes: Map<string, string>, now: number): number | undefined {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1_000;
  const expires = Date.parse(attributes.get('expires') ?? '');
  return Number.isNaN(expires) ? undefined : expires;
}

const covers = (cookiePath: string, path: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
