/** The console's one page; what it shows comes from the script. */
export const consolePage = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>模拟钉钉</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_console/style.css">
<script src="/_console/script.js" defer></script>
</head>
<body>
<div class="sim" id="sim" data-form="none">
<header class="bar">
  <b>模拟钉钉</b><span class="dev">仅供开发和演示</span><span id="company"></span>
  <div class="clock" role="group" aria-label="业务时间">
    <span>业务时间</span><b id="now" class="n">–</b>
    <button type="button" data-advance="PT1H">+1 小时</button>
    <button type="button" data-advance="P1D">+1 天</button>
    <button type="button" data-to="month">到下月</button>
    <button type="button" data-to="quarter">到下一季</button>
  </div>
</header>
<nav class="people" aria-label="选择一个人">
  <label class="find"><span class="sr">查找</span>
    <input id="find" type="search" placeholder="姓名、工号、userid" autocomplete="off"></label>
  <div id="people"></div>
</nav>
<main class="chat" aria-label="会话">
  <header><h1 id="chat-title">会话</h1><small id="chat-detail"></small>
    <button type="button" id="open-app" class="link" hidden>打开应用</button></header>
  <div id="messages" class="messages" aria-live="polite" tabindex="0"></div>
</main>
<section class="stage" aria-label="客户端">
  <div class="tools" id="tools" hidden>
    <span class="switch" role="group" aria-label="设备">
      <button type="button" data-form="phone">手机</button><button type="button" data-form="pc">电脑</button></span>
    <span class="switch phone-only" role="group" aria-label="宽度">
      <button type="button" data-width="375">375</button><button type="button" data-width="320">320</button></span>
    <button type="button" class="link pc-only" id="expand" aria-pressed="false">放大</button>
    <a class="link" id="new-tab" target="_blank" rel="noopener">新标签页</a>
  </div>
  <div class="empty" id="stage-empty"><p>点会话里的卡片，或“打开应用”，看这个人看到的页面。</p></div>
  <div class="device" id="device" hidden>
    <div class="titlebar">
      <span><button type="button" id="back" aria-label="返回">‹</button><button type="button" id="close" aria-label="关闭">✕</button></span>
      <b id="frame-title">应用</b>
      <button type="button" id="reload" aria-label="重新打开">↻</button>
    </div>
    <div class="viewport" id="viewport"></div>
    <div class="toast" id="toast" role="status" hidden></div>
  </div>
</section>
<aside class="ops" aria-label="审批、调用与故障">
  <section id="approval-pane"><header><h2>审批</h2><small>以主管身份处理</small><span class="grow"></span><small id="approval-count"></small></header>
    <div id="approvals" class="approvals" tabindex="0" role="region" aria-label="进行中的审批"></div>
    <label class="remark"><span class="sr">意见</span><input id="approval-remark" maxlength="1024" placeholder="意见（可以不填），随下一次同意或拒绝提交" autocomplete="off"></label></section>
  <section><header><h2>额度</h2><small id="quota-month"></small></header>
    <div class="quota"><div class="row"><span>计费调用</span><span class="n"><b id="used">0</b> / <span id="limit">0</span></span></div>
      <div class="meter" id="meter" role="img"></div><div class="row dim" id="purposes"></div>
      <div class="row"><span>事件</span><span class="n"><b id="pushes-used">0</b> / <span id="pushes-limit">0</span></span></div>
      <div class="meter" id="pushes-meter" role="img"></div><div class="row dim" id="connections"></div></div></section>
  <section class="log"><header><h2>调用记录</h2><span class="grow"></span>
      <label class="only"><input type="checkbox" id="only-failed"> 只看失败</label><small id="total"></small></header>
    <div class="scroll" tabindex="0" aria-label="调用记录"><table><thead><tr><th scope="col">时间</th><th scope="col">接口</th>
      <th scope="col" class="r">结果</th><th scope="col">计费 · 用途</th></tr></thead><tbody id="calls"></tbody></table></div></section>
  <section><header><h2>注入故障</h2><span class="grow"></span><small id="fault-count"></small></header>
    <div class="faults">
      <label class="path"><span class="sr">路径</span><input id="fault-path" list="paths" spellcheck="false"></label>
      <datalist id="paths"></datalist>
      <label class="times">次数 <input id="fault-times" type="number" min="1" placeholder="不限"></label>
      <div id="fault-kinds" class="kinds"></div><ul id="faults"></ul>
    </div></section>
</aside>
</div>
<div class="notice" id="notice" role="alert" hidden></div>
</body>
</html>`;
