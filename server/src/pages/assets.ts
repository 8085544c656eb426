import type { Context, Middleware } from 'koa';
import type { MiniappBuild } from './miniapp-build.ts';

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
};

/** Built files: hashed names are immutable, the service worker is asked for each time. */
export function serveAssets(build: MiniappBuild): Middleware {
  return async (ctx, next): Promise<void> => {
    const asset =
      ctx.method === 'GET' || ctx.method === 'HEAD' ? build.assets.get(ctx.path.slice(1)) : undefined;
    if (!asset) {
      await next();
      return;
    }
    ctx.set(
      'Cache-Control',
      ctx.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    ctx.type = TYPES[ctx.path.slice(ctx.path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    ctx.vary('Accept-Encoding');
    ctx.body = pick(ctx, asset);
  };
}

function pick(ctx: Context, asset: { plain: Buffer; br: Buffer | null; gz: Buffer | null }): Buffer {
  const encoding = ctx.acceptsEncodings('br', 'gzip', 'identity');
  if (encoding === 'br' && asset.br) {
    ctx.set('Content-Encoding', 'br');
    return asset.br;
  }
  if (encoding === 'gzip' && asset.gz) {
    ctx.set('Content-Encoding', 'gzip');
    return asset.gz;
  }
  return asset.plain;
}
