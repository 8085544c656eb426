/** Which of DingTalk's clients a person's frame is. */
export type ClientForm = 'phone' | 'pc';

/** Answers the bridge's own requests on the person's origin; the app has no such path. */
export const AUTH_CODE_PATH = '/__dingtalk_client__/auth-code';

const VERSION = '7.6.15';

/** What the clients of both forms call themselves; pages look for the words Android and DingTalk in it. */
export const USER_AGENTS: Record<ClientForm, string> = {
  phone:
    'Mozilla/5.0 (Linux; U; Android 14; zh-CN; SIM-AL00 Build/SIMULATOR) AppleWebKit/537.36 (KHTML, like Gecko) ' +
    `Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 AliApp(DingTalk/${VERSION}) com.alibaba.android.rimet/0 ` +
    'language/zh-CN',
  pc:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 ' +
    `Safari/537.36 dingtalk-win/1.0.0 DingTalk(${VERSION}-Release.1)`,
};

/** What the bridge needs to know; it goes into the page as JSON. */
export interface BridgeSettings {
  form: ClientForm;
  corpId: string;
}

/** What both forms have: the client's name, and the methods that pages may call. */
const COMMON = `Object.defineProperty(navigator, 'userAgent', { get: function () { return settings.userAgent; } });
var frame = window.parent === window ? null : window.parent;
function tell(kind, detail) {
  if (frame) frame.postMessage({ source: 'make-believe-dingtalk', kind: kind, detail: detail }, '*');
}
function problem(code, message) { return { errorCode: code, errorMessage: message }; }
function authCode(params, ok, fail) {
  if (params.corpId && params.corpId !== settings.corpId) return fail(problem('3', 'corpId ' + params.corpId + ' is not ' + settings.corpId));
  fetch(settings.path, { method: 'POST' }).then(function (answer) {
    if (!answer.ok) throw new Error('no login code, status ' + answer.status);
    return answer.json();
  }).then(function (body) { ok({ code: body.authCode }); }, function (error) { fail(problem('3', String(error))); });
}
function say(kind) { return function (params, ok) { tell(kind, params); ok({}); }; }
function quietly(params, ok) { ok({}); }
var methods = {
  'runtime.permission.requestAuthCodeV2': authCode,
  'runtime.permission.requestAuthCode': authCode,
  'runtime.permission.requestJsApis': quietly,
  'config': quietly,
  'biz.navigation.setTitle': say('title'),
  'biz.navigation.close': say('close'),
  'biz.navigation.quit': say('close'),
  'biz.util.openLink': say('link'),
  'biz.util.openSlidePanel': say('link'),
  'device.notification.toast': say('toast'),
  'device.notification.confirm': function (params, ok) {
    var isYes = window.confirm(params.message || params.title || '');
    var last = (params.buttonLabels || ['', '']).length - 1;
    ok({ buttonIndex: isYes ? last : 0 });
  }
};
function call(method, params, ok, fail) {
  var run = methods[method];
  tell('call', { method: method });
  if (run) run(params || {}, ok, fail);
  else fail(problem('4060', 'the make-believe client has no ' + method));
}
`;

/** How the methods are reached: through `nuva` on the phone, by messages to the container on the desktop. */
const FORMS = `if (settings.form === 'phone') {
  window.name = '';
  window.nuva = { isReady: true, require: function () {
    return function (ok, fail, service, action, params) { call(service + '.' + action, params, ok, fail); };
  } };
} else {
  var origin = 'https://im.dingtalk.com';
  var container = 'make-believe';
  window.name = JSON.stringify({ containerId: container, hostOrigin: origin, hostVersion: settings.version, language: 'zh_CN', corsIframe: true });
  window.dingtalk = { platform: { invokeAPI: function () {} } };
  var post = window.postMessage;
  window.postMessage = function (message) {
    if (!message || message.type !== 'request' || message.containerId !== container) return post.apply(window, arguments);
    function reply(isGood) {
      return function (body) {
        var data = { type: 'response', msgId: message.msgId, success: isGood, body: body };
        var event = new MessageEvent('message', { origin: origin, source: window, data: data });
        // The page notes what it waits for only after it has posted.
        setTimeout(function () { window.dispatchEvent(event); }, 0);
      };
    }
    call(message.methodName, message.body, reply(true), reply(false));
  };
}
`;

/** Going back, and telling the frame where the page is. */
const AROUND = `window.addEventListener('message', function (event) {
  var data = event.data || {};
  if (frame === null || event.source !== frame || data.source !== 'make-believe-dingtalk' || data.kind !== 'back') return;
  if (window.navigation && window.navigation.canGoBack) window.history.back(); else tell('close', {});
});
window.addEventListener('DOMContentLoaded', function () { tell('page', { address: location.pathname, title: document.title }); });
`;

/**
 * The client's part inside the page: it must run before the page's own scripts. It gives the page the client's name
 * and its bridge, fetches login codes from the simulator and tells the frame around it of titles and links.
 *
 * @returns JavaScript without tags
 */
export function bridgeScript({ form, corpId }: BridgeSettings): string {
  const settings = { form, corpId, version: VERSION, userAgent: USER_AGENTS[form], path: AUTH_CODE_PATH };
  return `(function () {\n'use strict';\nvar settings = ${JSON.stringify(settings)};\n${COMMON}${FORMS}${AROUND}})();`;
}

/**
 * @param html a page of the app
 * @returns the page with the script before everything that could run
 */
export function injectScript(html: string, script: string): string {
  const tag = `<script>${script}</script>`;
  const head = /<head(\s[^>]*)?>/i.exec(html);
  if (head !== null)
    return html.slice(0, head.index + head[0].length) + tag + html.slice(head.index + head[0].length);
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html);
  const at = doctype === null ? 0 : doctype[0].length;
  return html.slice(0, at) + tag + html.slice(at);
}
