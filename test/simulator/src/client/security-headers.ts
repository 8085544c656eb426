/** Directives that concern who may frame the page or want TLS, which the loopback frame has not. */
const DROPPED = new Set([
  'frame-ancestors',
  'upgrade-insecure-requests',
  'block-all-mixed-content',
  'sandbox',
]);

export interface PolicyChange {
  /** `'sha256-…'` of the script that the fake client puts in. */
  scriptHash: string;
  /** The app's own origin, which is the person's origin here. */
  appOrigin: string;
}

/**
 * A page's Content-Security-Policy as it must be inside the fake client: the bridge's script may run, the page may be
 * framed, and what was allowed from the app's origin is allowed from the person's.
 */
export function adjustPolicy(policies: string, { scriptHash, appOrigin }: PolicyChange): string {
  return policies
    .split(',')
    .map((policy) => adjustOne(policy, { scriptHash, appOrigin }))
    .filter((policy) => policy !== '')
    .join(', ');
}

function adjustOne(policy: string, { scriptHash, appOrigin }: PolicyChange): string {
  const directives = new Map<string, string[]>();
  for (const part of policy.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/);
    if (name === undefined || name === '' || DROPPED.has(name.toLowerCase())) continue;
    directives.set(
      name.toLowerCase(),
      sources.map((source) => (source === appOrigin || source === `${appOrigin}/` ? "'self'" : source)),
    );
  }
  const fallback = directives.get('default-src');
  for (const name of ['script-src', 'script-src-elem']) {
    const sources = directives.get(name) ?? (name === 'script-src' ? fallback : undefined);
    if (sources !== undefined) directives.set(name, allowScript(sources, scriptHash));
  }
  const connect = directives.get('connect-src') ?? fallback;
  if (connect !== undefined) directives.set('connect-src', allow(connect, "'self'"));
  return [...directives].map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
}

const allow = (sources: string[], source: string): string[] =>
  sources.includes('*') || sources.includes(source)
    ? sources
    : [...sources.filter((other) => other !== "'none'"), source];

/** A hash beside 'unsafe-inline' would switch that off for the app's own scripts. */
function allowScript(sources: string[], hash: string): string[] {
  const isStrict = sources.some((source) => /^'(nonce-|sha\d+-|strict-dynamic)/.test(source));
  return sources.includes("'unsafe-inline'") && !isStrict ? sources : allow(sources, hash);
}
