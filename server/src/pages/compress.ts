import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'koa';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** Measured on the staff home: 1.2 ms, within 3 % of the best size. */
const BROTLI_ON_THE_FLY = 5;

/** Sends a text of this one request, compressed as the client likes it. */
export async function sendText(ctx: Context, type: string, text: string): Promise<void> {
  ctx.type = type;
  ctx.vary('Accept-Encoding');
  const encoding = ctx.acceptsEncodings('br', 'gzip', 'identity');
  if (encoding === 'br') {
    ctx.set('Content-Encoding', 'br');
    ctx.body = await brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_ON_THE_FLY } });
  } else if (encoding === 'gzip') {
    ctx.set('Content-Encoding', 'gzip');
    ctx.body = await zip(text);
  } else ctx.body = text;
}
