import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { SimulatorClock } from '../clock/clock.ts';
import type { ClientForm } from './bridge-script.ts';
import { AUTH_CODE_PATH, bridgeScript, injectScript, USER_AGENTS } from './bridge-script.ts';
import { CookieJar } from './cookie-jar.ts';
import { unreachablePage } from './pages.ts';
import { adjustPolicy } from './security-headers.ts';

const HOST = '127.0.0.1';
/** Headers of the hop between browser and proxy, and what only the browser's cache wants. */
const DROPPED_REQUEST = ['host', 'connection', 'cookie', 'upgrade-insecure-requests'];
const DROPPED_NAVIGATION = ['accept-encoding', 'if-none-match', 'if-modified-since'];
const DROPPED_RESPONSE = [
  'set-cookie',
  'x-frame-options',
  'strict-transport-security',
  'cross-origin-opener-policy',
  'connection',
  'keep-alive',
  'transfer-encoding',
];
/** Pages that come packed, as a service worker asks for them, are unpacked for the script to go in. */
const UNPACK: Record<string, (data: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  deflate: inflateSync,
};
const POLICIES = ['content-security-policy', 'content-security-policy-report-only'];

export interface PersonOriginOptions {
  userid: string;
  corpId: string;
  clock: SimulatorClock;
  /** @returns a login code for the person, or undefined if the person has left */
  authCode: () => string | undefined;
  /** @returns the product's address */
  app: () => URL;
}

/**
 * One person's DingTalk client as the product sees it: a reverse proxy on an origin of its own, which keeps the
 * person's cookies, puts the bridge into pages and adjusts what the browser would refuse inside a frame.
 */
export class PersonOrigin {
  readonly #options: PersonOriginOptions;
  readonly #jar = new CookieJar();
  readonly #server: Server;
  #form: ClientForm = 'phone';
  #port = 0;

  constructor(options: PersonOriginOptions) {
    this.#options = options;
    this.#server = createServer((incoming, outgoing) => {
      this.#serve(incoming, outgoing).catch((error: unknown) => {
        if (!outgoing.headersSent) outgoing.writeHead(502, { 'content-type': 'text/html;charset=utf-8' });
        const reason = error instanceof Error ? error.message : String(error);
        outgoing.end(unreachablePage(this.#options.app().origin, reason));
      });
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, HOST, resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `http://${HOST}:${this.#port}`;
  }

  /** Pages opened from now on find themselves in a client of this form. */
  use(form: ClientForm): void {
    this.#form = form;
  }

  forget(): void {
    this.#jar.clear();
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (incoming.url === AUTH_CODE_PATH) return this.#answerCode(incoming, outgoing);
    const answer = await this.#forward(incoming);
    const headers = this.#responseHeaders(answer);
    const status = answer.statusCode ?? 502;
    const encoding = answer.headers['content-encoding'];
    const unpack = encoding === undefined ? (data: Buffer) => data : UNPACK[encoding];
    const isPage = (answer.headers['content-type'] ?? '').includes('text/html');
    const isEmpty = incoming.method === 'HEAD' || status === 204 || status === 304;
    if (!isPage || isEmpty || unpack === undefined) {
      outgoing.writeHead(status, headers);
      pipeline(answer, outgoing, () => undefined);
      return;
    }
    const html = unpack(await buffer(answer)).toString('utf8');
    const page = Buffer.from(injectScript(html, this.#script()), 'utf8');
    delete headers['content-encoding'];
    outgoing.writeHead(status, { ...headers, 'content-length': page.length, 'cache-control': 'no-store' });
    outgoing.end(page);
  }

  /** The bridge's request: only the page itself may ask, not another site in the same browser. */
  #answerCode(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const isOwn = incoming.method === 'POST' && incoming.headers.origin === this.origin;
    const code = isOwn ? this.#options.authCode() : undefined;
    outgoing.writeHead(code === undefined ? 403 : 200, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
    outgoing.end(JSON.stringify(code === undefined ? { error: 'no code' } : { authCode: code }));
  }

  #script(): string {
    return bridgeScript({ form: this.#form, corpId: this.#options.corpId });
  }

  #forward(incoming: IncomingMessage): Promise<IncomingMessage> {
    const app = this.#options.app();
    const send = app.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const outgoing = send(new URL(incoming.url ?? '/', app.origin), {
        method: incoming.method,
        headers: this.#requestHeaders(incoming, app),
      });
      outgoing.on('response', (answer) => {
        this.#jar.keep(answer.headers['set-cookie'] ?? [], this.#options.clock.real());
        resolve(answer);
      });
      outgoing.on('error', reject);
      incoming.on('error', reject);
      incoming.pipe(outgoing);
    });
  }

  #requestHeaders(incoming: IncomingMessage, app: URL): OutgoingHttpHeaders {
    const headers: OutgoingHttpHeaders = { ...incoming.headers };
    for (const name of DROPPED_REQUEST) delete headers[name];
    const isNavigation = incoming.headers['sec-fetch-mode'] === 'navigate' || acceptsPage(incoming);
    if (isNavigation) {
      for (const name of DROPPED_NAVIGATION) delete headers[name];
      if (headers['sec-fetch-site'] !== undefined) headers['sec-fetch-site'] = 'none';
      if (headers['sec-fetch-dest'] !== undefined) headers['sec-fetch-dest'] = 'document';
    }
    if (headers.origin === this.origin) headers.origin = app.origin;
    const referer = typeof headers.referer === 'string' ? headers.referer : '';
    if (referer.startsWith(`${this.origin}/`))
      headers.referer = app.origin + referer.slice(this.origin.length);
    else delete headers.referer;
    headers['user-agent'] = USER_AGENTS[this.#form];
    const path = new URL(incoming.url ?? '/', app.origin).pathname;
    const cookie = this.#jar.header(path, this.#options.clock.real());
    return { ...headers, host: app.host, ...(cookie === undefined ? {} : { cookie }) };
  }

  #responseHeaders(answer: IncomingMessage): OutgoingHttpHeaders {
    const headers: OutgoingHttpHeaders = { ...answer.headers };
    for (const name of DROPPED_RESPONSE) delete headers[name];
    const appOrigin = this.#options.app().origin;
    const location = answer.headers.location;
    if (location !== undefined && new URL(location, appOrigin).origin === appOrigin) {
      const target = new URL(location, appOrigin);
      headers.location = location.startsWith('/')
        ? location
        : `${this.origin}${target.href.slice(appOrigin.length)}`;
    }
    const scriptHash = `'sha256-${createHash('sha256').update(this.#script()).digest('base64')}'`;
    for (const name of POLICIES) {
      const policy = answer.headers[name];
      if (typeof policy !== 'string') continue;
      const adjusted = adjustPolicy(policy, { scriptHash, appOrigin });
      if (adjusted === '') delete headers[name];
      else headers[name] = adjusted;
    }
    return headers;
  }
}

const acceptsPage = (incoming: IncomingMessage): boolean =>
  (incoming.headers.accept ?? '').includes('text/html');
