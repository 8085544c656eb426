import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { home } from '../../screens/fixtures.ts';

const ENTRY = path.resolve('test/src/bench/first-screen/main.jsx');
const OUT = path.resolve('.local/bench-first-screen');

/** Builds the baseline as Vite does it by default. @returns the script, gzipped */
async function buildBaseline(): Promise<Buffer> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'error',
    // Another React may be hoisted beside ours; elements of two do not mix.
    resolve: { alias: { react: folderOf('react'), 'react-dom': folderOf('react-dom') } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: OUT,
      emptyOutDir: true,
      rollupOptions: { input: ENTRY, output: { entryFileNames: 'main.js', codeSplitting: false } },
    },
  });
  return gzipSync(readFileSync(path.join(OUT, 'main.js')), { level: 9 });
}

const folderOf = (name: string): string =>
  path.dirname(createRequire(path.resolve('test/package.json')).resolve(`${name}/package.json`));

export interface BaselineServer {
  readonly origin: string;
  readonly scriptGzipBytes: number;
  close(): Promise<void>;
}

const PAGE =
  '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
  '<title>适岗</title><script type="module" src="/main.js"></script></head><body><div id="root"></div></body></html>';

/** Serves the client-rendered home with the same figures as the product's fixture. */
export async function startBaselineServer(options: {
  readonly isSignedIn: boolean;
}): Promise<BaselineServer> {
  const script = await buildBaseline();
  let hasSession = options.isSignedIn;
  const json = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    if (request.url === '/main.js') {
      response.writeHead(200, {
        'content-type': 'text/javascript; charset=utf-8',
        'content-encoding': 'gzip',
      });
      response.end(script);
    } else if (request.url === '/api/v1/session') {
      if (request.method === 'POST') hasSession = true;
      json(response, hasSession ? 200 : 401, home.viewer);
      // Each first visit begins without a session again.
      if (request.method === 'POST') hasSession = options.isSignedIn;
    } else if (request.url === '/api/v1/me/home') json(response, 200, home);
    else {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(PAGE);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    scriptGzipBytes: script.length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
