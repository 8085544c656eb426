/** Lets the service worker keep the last pages; where a WebView has none, nothing is kept. */
export function keepOffline(): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('/sw.js').catch(() => undefined);
}
