import type { NoticeEntry } from '../books/notices.ts';
import { escapeHtml, markdownToHtml } from './markdown.ts';

/** A message as the chat shows it. */
export interface ChatMessage {
  id: string;
  kind: 'notice' | 'approval' | 'todo';
  at: string;
  /** As the person reads it. */
  type: string;
  title: string;
  /** Safe HTML. */
  html: string;
  links: { title: string; link: string }[];
  isRead: boolean;
  isRecalled: boolean;
  /** What the card says about its state at the upper right; a notice says whether it was read. */
  note?: string;
  /** What the person can do with it, besides opening its links. */
  actions?: ('agree' | 'refuse' | 'terminate' | 'done')[];
}

type Json = Record<string, unknown>;
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const paragraph = (text: string): string => (text === '' ? '' : `<p>${escapeHtml(text)}</p>`);

/** What people call a message's type. */
const TYPE_NAMES: Record<string, string> = {
  text: '文本',
  markdown: '图文',
  link: '链接',
  action_card: '卡片',
  oa: '表单',
};

type Shown = Pick<ChatMessage, 'title' | 'html' | 'links'>;

const SHOW: Record<string, (content: Json) => Shown> = {
  text: (content) => ({ title: '', html: paragraph(textOf(content.content)), links: [] }),
  markdown: (content) => ({ title: '', html: markdownToHtml(textOf(content.text)), links: [] }),
  link: (content) => ({
    title: textOf(content.title),
    html: paragraph(textOf(content.text)),
    links: [{ title: '查看', link: textOf(content.messageUrl) }],
  }),
  action_card: (content) => ({
    title: '',
    html: markdownToHtml(textOf(content.markdown)),
    links: actionLinks(content),
  }),
  oa: (content) => {
    const body = objectOf(content.body);
    const rows = (Array.isArray(body.form) ? body.form : []).map(objectOf);
    const form = rows
      .map((row) => `${escapeHtml(textOf(row.key))} ${escapeHtml(textOf(row.value))}`)
      .join('<br>');
    return {
      title: textOf(body.title),
      html: (form === '' ? '' : `<p>${form}</p>`) + paragraph(textOf(body.content)),
      links: [{ title: '查看详情', link: textOf(content.message_url) }],
    };
  },
};

function actionLinks(content: Json): ChatMessage['links'] {
  if (typeof content.single_url === 'string') {
    return [{ title: textOf(content.single_title), link: content.single_url }];
  }
  const buttons = Array.isArray(content.btn_json_list) ? content.btn_json_list.map(objectOf) : [];
  return buttons.map((button) => ({ title: textOf(button.title), link: textOf(button.action_url) }));
}

/** @returns what arrived at the person, oldest first */
export function chatOf(notices: NoticeEntry[], userid: string): ChatMessage[] {
  return notices
    .filter((notice) => notice.deliveries[userid] === 'delivered')
    .map((notice) => {
      const type = textOf(notice.content.msgtype);
      const content = objectOf(notice.content[type]);
      const show = SHOW[type] ?? (() => ({ title: '', html: paragraph(`[${type}]`), links: [] }));
      return {
        id: notice.id,
        kind: 'notice' as const,
        at: notice.at,
        type: TYPE_NAMES[type] ?? type,
        ...show(content),
        isRead: notice.readBy.includes(userid),
        isRecalled: notice.state === 'recalled',
      };
    });
}

/** @returns how many messages each person has not seen */
export function unreadCounts(notices: NoticeEntry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const notice of notices) {
    if (notice.state === 'recalled') continue;
    for (const [userid, delivery] of Object.entries(notice.deliveries)) {
      if (delivery !== 'delivered' || notice.readBy.includes(userid)) continue;
      counts.set(userid, (counts.get(userid) ?? 0) + 1);
    }
  }
  return counts;
}
