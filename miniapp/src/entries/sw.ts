/// <reference lib="webworker" />
// Keeps the last pages of the person of this device readable without a network.
// Network first; after four seconds without an answer, or without a network, the kept page is shown and marked.
import { pageAddress } from '../staff/page-address.ts';

declare const self: ServiceWorkerGlobalScope;

const PAGES = 'pages-1';
const ASSETS = 'assets-1';
const PATIENCE_MS = 4_000;
/** Set by the server on a signed-in person's page; any other document means that nobody is signed in. */
const KEEP_HEADER = 'x-shigang-keep';

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  // Of the pages only the staff's are kept; the desk and everything else is the network's.
  if (request.mode === 'navigate' && pageAddress(pathname) !== null) event.respondWith(pageOf(event));
  else if (pathname.startsWith('/assets/')) event.respondWith(assetOf(request));
});

async function pageOf(event: FetchEvent): Promise<Response> {
  const fresh = fetch(event.request).then((response) => {
    event.waitUntil(keep(event.request, response.clone()));
    return response;
  });
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const first = await Promise.race([fresh.catch(() => null), late]);
  if (first) return first;
  const kept = await (await caches.open(PAGES)).match(event.request);
  return kept ? marked(kept) : fresh;
}

async function keep(request: Request, response: Response): Promise<void> {
  if (response.headers.has(KEEP_HEADER)) await (await caches.open(PAGES)).put(request, response);
  else if (response.ok) await caches.delete(PAGES);
}

/** The banner of a kept page is in its HTML and shown by this mark. */
async function marked(kept: Response): Promise<Response> {
  const text = await kept.text();
  return new Response(text.replace('<html ', '<html data-saved '), { headers: kept.headers });
}

async function assetOf(request: Request): Promise<Response> {
  const cache = await caches.open(ASSETS);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}
