const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** What the client shows when the product does not answer. */
export const unreachablePage = (origin: string, reason: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>打不开应用</title><style>
body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;margin:0;padding:72px 24px;color:#333;text-align:center}
h1{font-size:18px;margin:0 0 8px}p{margin:4px 0;color:#666}code{font-size:13px;color:#888;word-break:break-all}
</style></head><body><h1>应用没有应答</h1><p>模拟钉钉打不开 ${escaped(origin)}。</p><p>请确认适岗已经启动，再点一次。</p>
<p><code>${escaped(reason)}</code></p></body></html>`;
