/** Light and dark follow the system, as they do in the frame inside. */
export const consoleStyle = `
:root{color-scheme:light dark;
--bg:light-dark(#f3f5f8,#0f1318);--surface:light-dark(#fff,#181d24);--surface-2:light-dark(#f6f8fa,#1e242d);
--surface-3:light-dark(#e9edf2,#262e39);--line:light-dark(#e7ebf0,#2a323d);--line-strong:light-dark(#8a94a3,#7b8797);
--text:light-dark(#171a1d,#eef1f5);--text-2:light-dark(#4d5766,#b9c2ce);--text-3:light-dark(#5f6a7a,#97a2b1);
--accent:light-dark(#0b69e3,#6eb0ff);--accent-soft:light-dark(#e8f2ff,#15304f);--accent-ink:light-dark(#0a56bd,#a9d1ff);
--danger:light-dark(#b42b23,#ff8f86);--warn:light-dark(#8a5a00,#f0c36b);--warn-soft:light-dark(#fff5df,#3a2d12);
--c1:#2272ee;--c2:#12a0b3;--c3:#7a6ff0;--c4:#d99a1e;--c5:#8a94a3;
--font:-apple-system,BlinkMacSystemFont,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei","WenQuanYi Zen Hei",sans-serif;
--mono:"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
*{box-sizing:border-box;margin:0;padding:0}
html,body{height:100%}
body{font:13px/20px var(--font);color:var(--text);background:var(--bg);-webkit-font-smoothing:antialiased}
button,input{font:inherit;color:inherit}button{background:none;border:0;cursor:pointer}
[hidden]{display:none!important}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.n{font-variant-numeric:tabular-nums}.r{text-align:right}.grow{flex:1}
small{font-size:12px;color:var(--text-3);font-weight:400}
.link{color:var(--accent);text-decoration:none;font-size:13px}.link:hover{text-decoration:underline}
.sim{display:grid;height:100vh;grid-template:48px minmax(0,1fr)/210px 348px minmax(420px,1fr) 400px}
.bar{grid-column:1/-1;background:#1b2430;color:#eef2f7;display:flex;align-items:center;gap:14px;padding:0 16px;white-space:nowrap;overflow:hidden}
.bar>b{font-size:15px}.bar .dev{font-size:12px;border:1px solid #5b6878;border-radius:4px;padding:0 6px;color:#c3ccd8}
.bar .clock{margin-left:auto;display:flex;align-items:center;gap:8px}.bar .clock span{color:#c3ccd8}
.bar .clock b{font:600 14px/20px var(--mono)}
.bar button{height:28px;padding:0 10px;border-radius:6px;background:#2d3846;font-size:12px}
.bar button:hover{background:#3b4858}.bar button:disabled{opacity:.5;cursor:progress}
.bar :focus-visible{outline-color:#8fc2ff}
.people{background:var(--surface);border-right:1px solid var(--line);padding:8px;overflow:auto}
.find input,.path input,.times input{width:100%;height:32px;padding:0 10px;border:1px solid var(--line-strong);border-radius:8px;background:var(--surface)}
.people h2{font-size:12px;color:var(--text-3);font-weight:400;padding:10px 8px 2px}
.person{display:grid;grid-template-columns:30px minmax(0,1fr) auto;gap:8px;align-items:center;width:100%;min-height:44px;padding:0 8px;border-radius:8px;text-align:left}
.person:hover{background:var(--surface-2)}
.person small{display:block;font-size:11px;line-height:14px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.person[aria-current=true]{background:var(--accent-soft);color:var(--accent-ink);font-weight:600}
.person[aria-current=true] small{color:inherit}
.avatar{width:30px;height:30px;border-radius:8px;display:grid;place-items:center;background:var(--surface-3);color:var(--text-2);font-weight:600;font-size:12px}
.person[aria-current=true] .avatar{background:#0b69e3;color:#fff}
.badge{min-width:18px;height:18px;border-radius:9px;background:#c0342b;color:#fff;font:600 11px/18px var(--font);text-align:center;padding:0 5px}
.more{font-size:12px;color:var(--text-3);padding:4px 8px}
.chat{display:flex;flex-direction:column;min-width:0;border-right:1px solid var(--line)}
.chat>header,.ops header{height:44px;flex:none;display:flex;align-items:center;gap:8px;padding:0 16px;background:var(--surface);border-bottom:1px solid var(--line)}
.chat h1,.ops h2{font-size:14px;font-weight:600}.chat>header>*{flex:none;white-space:nowrap}.chat>header .link{margin-left:auto}
.chat>header small{flex:0 1 auto;min-width:0;overflow:hidden;text-overflow:ellipsis}
.messages{flex:1;overflow:auto;padding:12px 14px;display:flex;flex-direction:column;gap:8px}
.messages>*{flex:none}.stamp{text-align:center;font-size:12px;color:var(--text-3);margin-top:6px}
.card{background:var(--surface);border-radius:10px;box-shadow:0 1px 3px rgb(20 30 50/.1);overflow:hidden;border:1px solid var(--line)}
.card .from{display:flex;justify-content:space-between;font-size:12px;color:var(--text-3);padding:8px 12px 0}
.card .body{padding:4px 12px 12px;overflow-wrap:anywhere;color:var(--text-2)}
.card .body :is(.heading,.title){font-size:15px;line-height:22px;font-weight:600;color:var(--text);margin:2px 0}
.card .body :is(p:not(.heading,.title),ul,ol,blockquote,hr){margin-top:4px}.card .body :is(ul,ol){padding-left:18px}
.card .body blockquote{border-left:3px solid var(--line);padding-left:8px}.card .body hr{border:0;border-top:1px solid var(--line)}
.card .body strong{color:var(--text)}.card .body img{max-width:100%}.card .body a{color:var(--accent)}
.card .act{display:flex;border-top:1px solid var(--line)}
.card .act button{flex:1;min-height:40px;color:var(--accent);font-weight:500}.card .act button+button{border-left:1px solid var(--line)}
.card .act button:hover{background:var(--surface-2)}
.card.open{outline:2px solid var(--accent)}.card.recalled{opacity:.6}
.none{margin:auto;color:var(--text-3);text-align:center;padding:24px}
.stage{background:var(--surface-3);display:flex;flex-direction:column;align-items:center;min-width:0;min-height:0;padding:12px;gap:12px;overflow:hidden}
.tools{display:flex;gap:12px;align-items:center;flex:none}.tools .link{color:var(--accent-ink)}
.switch{display:flex;background:var(--surface);border-radius:7px;padding:2px}
.switch button{padding:2px 10px;border-radius:5px;font-size:12px;color:var(--text-2)}
.switch button[aria-pressed=true]{background:var(--accent-soft);color:var(--accent-ink);font-weight:600}
.empty{margin:auto;color:var(--text-2);text-align:center}
.device{position:relative;display:flex;flex-direction:column;min-height:0;background:var(--surface);overflow:hidden;box-shadow:0 12px 36px rgb(20 30 50/.22);flex:none}
.sim[data-form=phone] .device{border:9px solid #10151c;border-radius:40px}
.sim[data-form=pc] .device{border:1px solid var(--line-strong);border-radius:10px}
.titlebar{height:44px;flex:none;display:grid;grid-template-columns:88px 1fr 88px;align-items:center;text-align:center;background:var(--surface);border-bottom:1px solid var(--line)}
.titlebar b{font-size:16px;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.titlebar span{display:flex}.titlebar button{width:44px;height:44px;font-size:20px}.titlebar #close{font-size:15px}.titlebar #reload{justify-self:end}
.viewport{position:relative;overflow:hidden;flex:1;min-height:0}
.viewport iframe{border:0;transform-origin:0 0;display:block;background:#fff}
.toast{position:absolute;left:50%;bottom:64px;transform:translateX(-50%);background:rgb(23 26 29/.88);color:#fff;padding:8px 16px;border-radius:8px;max-width:80%}
.sim[data-form=phone] .pc-only,.sim[data-form=pc] .phone-only{display:none}
.ops{background:var(--surface);border-left:1px solid var(--line);display:flex;flex-direction:column;min-width:0;min-height:0}
.ops>section+section>header{border-top:1px solid var(--line)}
.approvals{max-height:204px;overflow:auto}.approvals .none{padding:12px 16px;margin:0;text-align:left;font-size:12px}
.approval{display:grid;grid-template-columns:minmax(0,1fr) auto auto;gap:0 8px;align-items:center;padding:8px 16px}
.approval+.approval{border-top:1px solid var(--line)}
.approval b{font-weight:400;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.approval small{grid-area:2/1;font-size:11px;line-height:16px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.approval button{grid-row:1/3;height:28px;padding:0 12px;border-radius:8px;border:1px solid var(--line-strong);font-size:12px;background:var(--surface)}
.approval button:hover{background:var(--surface-2)}.approval button.primary{background:#0b69e3;border-color:#0b69e3;color:#fff}
.approval button.primary:hover{background:#0a56bd}
.remark{display:block;padding:8px 16px 10px;border-top:1px solid var(--line)}
.remark input,.card-remark{width:100%;height:32px;padding:0 10px;border:1px solid var(--line-strong);border-radius:8px;background:var(--surface);font-size:12px}
.card-remark{width:calc(100% - 24px);margin:0 12px 10px}
:is(.remark input,.card-remark,.find input)::placeholder{color:var(--text-3);opacity:1}
.card .act button.main{font-weight:600}
.quota{padding:10px 16px 12px;display:grid;gap:6px;font-size:12px;color:var(--text-2)}
.row{display:flex;justify-content:space-between;gap:8px}.dim{color:var(--text-3)}.row b{color:var(--text)}
.meter{height:8px;border-radius:4px;background:var(--surface-3);display:flex;gap:1px;overflow:hidden}
.meter i{display:block;height:100%;min-width:2px}
.log{flex:1;min-height:0;display:flex;flex-direction:column}.scroll{flex:1;overflow:auto}
.only{font-size:12px;color:var(--text-2);display:flex;gap:4px;align-items:center}
table{border-collapse:collapse;width:100%;font:11.5px/16px var(--mono)}
th{position:sticky;top:0;background:var(--surface-2);color:var(--text-3);font:12px/16px var(--font);font-weight:500;text-align:left}
th.r{text-align:right}th,td{padding:0 6px;height:26px;border-bottom:1px solid var(--line);white-space:nowrap}
td:nth-child(2){max-width:150px;overflow:hidden;text-overflow:ellipsis}
td:nth-child(3){max-width:90px;overflow:hidden;text-overflow:ellipsis}
th:first-child,td:first-child{padding-left:16px}tr.failed td{color:var(--danger)}
.faults{padding:10px 16px 12px;display:grid;grid-template-columns:1fr auto;gap:8px;align-items:center}
.path input{height:28px;font:12px/16px var(--mono)}.times{font-size:12px;color:var(--text-2);display:flex;align-items:center;gap:6px;white-space:nowrap}
.times input{width:64px;height:28px}
.kinds{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:6px}
.kinds button{height:28px;padding:0 10px;border-radius:8px;border:1px solid var(--line-strong);font-size:12px;background:var(--surface)}
.kinds button:hover{background:var(--surface-2)}
#faults{grid-column:1/-1;list-style:none;display:grid;grid-template-columns:minmax(0,1fr);gap:4px;max-height:132px;overflow:auto}
#faults li{min-width:0;display:flex;align-items:center;gap:8px;background:var(--warn-soft);color:var(--warn);border-radius:8px;padding:4px 4px 4px 10px;font-size:12px}
#faults :is(b,span){white-space:nowrap}
#faults code{min-width:0;font:11.5px/16px var(--mono);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
#faults button{margin-left:auto;padding:2px 8px;font-weight:600;white-space:nowrap}
.notice{position:fixed;left:50%;top:60px;transform:translateX(-50%);background:var(--surface);border:1px solid var(--danger);color:var(--danger);padding:10px 16px;border-radius:8px;box-shadow:0 8px 24px rgb(20 30 50/.2);max-width:min(640px,90vw);z-index:9;white-space:pre-wrap}
.notice.good{border-color:var(--line-strong);color:var(--text)}
.sim[data-form=pc]{grid-template-columns:72px 284px minmax(600px,1fr) 0}.sim[data-form=pc] .ops{visibility:hidden;overflow:hidden}
.sim[data-form=pc] :is(.people h2,.find,.person small,.more){display:none}
.sim[data-form=pc] .people{padding:8px 4px}.sim[data-form=pc] .person{position:relative;grid-template-columns:1fr;justify-items:center;gap:0;padding:4px 0;text-align:center;font-size:12px}
.sim[data-form=pc] .badge{position:absolute;top:0;right:6px}
.sim.expanded{grid-template-columns:0 0 minmax(0,1fr) 0}.sim.expanded :is(.people,.chat,.ops){visibility:hidden;overflow:hidden;padding:0}
@media (max-width:1180px){.sim:not([data-form=pc]){grid-template-columns:180px 300px minmax(400px,1fr) 0}.ops{visibility:hidden;overflow:hidden}}
@media (prefers-reduced-motion:no-preference){.card.new{animation:rise .28s ease-out}@keyframes rise{from{opacity:0;transform:translateY(8px)}}}
`;
