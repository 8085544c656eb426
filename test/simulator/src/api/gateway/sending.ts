import type { Context } from 'koa';
import type { Reply } from './envelopes.ts';
import { exactJson } from './exact-json.ts';

/** A hanging call is cut off after this long if the caller waits. */
const HANG_MS = 30_000;

/** What a blocked caller gets instead of an answer: a page. */
const BLOCKED_PAGE =
  '<!doctype html><html><head><meta charset="utf-8"><title>访问被拒绝</title></head>' +
  '<body><h1>405</h1><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p></body></html>';

export function send(ctx: Context, reply: Reply): void {
  ctx.status = reply.status;
  ctx.set('content-type', 'application/json;charset=utf-8');
  ctx.body = exactJson(reply.body);
}

export function sendHtml(ctx: Context): void {
  ctx.status = 200;
  ctx.type = 'html';
  ctx.body = BLOCKED_PAGE;
}

/** Half of the answer, then the connection breaks: the call was done, the caller cannot know. */
export function sendTruncated(ctx: Context, reply: Reply): void {
  const text = Buffer.from(exactJson(reply.body), 'utf8');
  ctx.respond = false;
  ctx.res.writeHead(reply.status, {
    'content-type': 'application/json;charset=utf-8',
    'content-length': text.length,
  });
  ctx.res.write(text.subarray(0, Math.floor(text.length / 2)), () => ctx.res.destroy());
}

/** No answer until the caller gives up, or half a minute has passed. The call itself is not done. */
export async function sendNothing(ctx: Context): Promise<void> {
  ctx.respond = false;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => ctx.res.destroy(), HANG_MS);
    ctx.res.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
