import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Context, Next } from 'koa';
import { WebSocketServer } from 'ws';

const PATH = '/_sim/live';
/** Many calls within a moment are one change to look at. */
const PAUSE_MS = 200;

/** Tells open consoles that something happened; they fetch what they show. */
export class LiveFeed {
  readonly #sockets = new WebSocketServer({ noServer: true });
  #timer: NodeJS.Timeout | undefined;

  /** Takes upgrades of the feed's path by the console's own pages. @returns whether this was one */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const isConsole = request.headers.origin === `http://${request.headers.host ?? ''}`;
    if (request.url !== PATH || !isConsole) return false;
    this.#sockets.handleUpgrade(request, socket, head, (opened) =>
      opened.on('error', () => opened.terminate()),
    );
    return true;
  }

  /** Every request that may have changed something is a change. */
  readonly watch = async (ctx: Context, next: Next): Promise<void> => {
    await next();
    const isReading = ctx.method === 'GET' && (ctx.path === '/' || /^\/_(sim|console)\//.test(ctx.path));
    if (!isReading) this.#announce();
  };

  #announce(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const socket of this.#sockets.clients) socket.send('changed');
    }, PAUSE_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }
}
