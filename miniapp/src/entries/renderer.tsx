import { deskText, staffText } from '@shigang/shared';
import { h, type ComponentType } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { pageAddress, pageOf, queryOf } from '../staff/page-address.ts';
import { titleOf } from '../staff/page.tsx';
import { staffPages, type PageInput, type PageName } from '../staff/pages.ts';
import { HomeSkeleton } from '../screens/staff/home/skeleton.tsx';
import { ListSkeleton } from '../staff/list-skeleton.tsx';
import type { DingTalkApp, RenderedPage, Renderer } from './renderer-face.ts';
import { StaffPage } from './staff-page.tsx';

/** Names, hashes and inlined text of this build; build.mjs puts them in. */
declare const BUILD: {
  /** Address of the script that hydrates staff pages, of the desk, and of the sign-in with all it imports. */
  staff: string;
  desk: string;
  login: string[];
  staffCss: string;
  deskCss: string;
  /** Imports `#root`'s data-app after the first paint. */
  loader: string;
  /** `'sha256-…'` sources. */
  scriptHashes: string[];
  styleHashes: string[];
};

const contentSecurityPolicy = [
  `default-src 'none'`,
  `script-src 'self' ${BUILD.scriptHashes.join(' ')}`,
  `style-src 'self' ${BUILD.styleHashes.join(' ')}`,
  `img-src 'self' data:`,
  `connect-src 'self'`,
  `worker-src 'self'`,
  `manifest-src 'self'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'self' https://*.dingtalk.com`,
].join('; ');

const html = (component: ComponentType<never>, props: object): string =>
  renderToString(h(component as ComponentType, props));
const render = (input: PageInput): string => html(StaffPage, { input });
const skeleton = (page: PageName | 'desk'): string => {
  if (page === 'desk') return '<main class="desk" aria-busy="true"></main>';
  return html(page === 'home' ? HomeSkeleton : ListSkeleton, {});
};

const attribute = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
/** JSON inside a script element: `<` would end it. */
const dataScript = (data: PageInput | null): string =>
  data === null
    ? ''
    : `<script type="application/json" id="data">${JSON.stringify(data).replace(/</g, '\\u003c')}</script>`;

/** Pages are complete HTML; where a script takes over, it needs their data. */
function dataOf(input: PageInput): PageInput | null {
  if (input.page === 'problem') return null;
  const { script } = staffPages[input.page];
  const isOpen = input.page === 'development' && input.answer.notice?.reply?.isOpen === true;
  return script === 'always' || (script === 'open_reply' && isOpen) ? input : null;
}

interface Frame {
  title: string;
  css: string;
  body: string;
  head?: string;
}
const frame = ({ title, css, body, head = '' }: Frame): string =>
  '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">' +
  '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">' +
  '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">' +
  `<title>${attribute(title)}</title><style>${css}</style>${head}</head><body>${body}</body></html>`;

const loader = `<script>${BUILD.loader}</script>`;

function document(input: PageInput): string {
  const body = `<div id="root" data-app="${BUILD.staff}">${render(input)}</div>${dataScript(dataOf(input))}${loader}`;
  return frame({ title: titleOf(input.page), css: BUILD.staffCss, body });
}

function firstVisit(page: PageName | 'desk', app: DingTalkApp): string {
  const isDesk = page === 'desk';
  const start = BUILD.login[0] ?? '';
  const head =
    BUILD.login
      .slice(1)
      .map((file) => `<link rel="modulepreload" href="${file}">`)
      .join('') + `<script type="module" src="${start}"></script>`;
  const data =
    `data-app="${isDesk ? BUILD.desk : BUILD.staff}" data-corp-id="${attribute(app.corpId)}" ` +
    `data-client-id="${attribute(app.clientId)}"`;
  return frame({
    title: isDesk ? deskText['desk.title'] : staffText['app.name'],
    css: isDesk ? BUILD.deskCss : BUILD.staffCss,
    body: `<div id="root" ${data}>${skeleton(page)}</div>`,
    head,
  });
}

const desk = (): string =>
  frame({
    title: deskText['desk.title'],
    css: BUILD.deskCss,
    body: `<div id="root" data-app="${BUILD.desk}">${skeleton('desk')}</div>${loader}`,
  });

const fragment = (input: PageInput): RenderedPage => ({
  title: titleOf(input.page),
  html: render(input),
  data: dataOf(input),
});

export const renderer: Renderer = {
  contentSecurityPolicy,
  staffPages,
  pageAddress,
  queryOf,
  pageOf,
  document,
  firstVisit,
  desk,
  fragment,
  render,
  skeleton,
};
