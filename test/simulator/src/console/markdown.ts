/**
 * The part of Markdown that DingTalk shows in messages, as HTML: headings, bold, lists, quotes, links, pictures,
 * coloured text. Everything else is shown as it was written; nothing of the message becomes mark-up by itself.
 */
export function markdownToHtml(text: string): string {
  const blocks: string[] = [];
  let list: { tag: 'ul' | 'ol'; items: string[] } | undefined;
  let paragraph: string[] = [];
  const endParagraph = (): void => {
    if (paragraph.length > 0) blocks.push(`<p>${paragraph.join('<br>')}</p>`);
    paragraph = [];
  };
  const endList = (): void => {
    if (list !== undefined) {
      blocks.push(`<${list.tag}>${list.items.map((item) => `<li>${item}</li>`).join('')}</${list.tag}>`);
    }
    list = undefined;
  };
  for (const line of text.split(/\r?\n/).map((raw) => raw.trim())) {
    const item = /^(?:[-*+]|(\d+)\.)\s+(.*)$/.exec(line);
    if (item !== null) {
      endParagraph();
      const tag = item[1] === undefined ? 'ul' : 'ol';
      if (list?.tag !== tag) endList();
      list ??= { tag, items: [] };
      list.items.push(inline(item[2] ?? ''));
      continue;
    }
    endList();
    const block = wholeLine(line);
    if (block === undefined) paragraph.push(inline(line));
    else {
      endParagraph();
      if (block !== '') blocks.push(block);
    }
  }
  endList();
  endParagraph();
  return blocks.join('');
}

/** @returns the line as a block of its own; an empty line ends a paragraph; undefined: part of a paragraph */
function wholeLine(line: string): string | undefined {
  if (line === '') return '';
  if (/^([-*_])\1{2,}$/.test(line)) return '<hr>';
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  // One level below the chat's own title, whatever its size in the message.
  if (heading !== null)
    return `<p class="heading" role="heading" aria-level="2">${inline(heading[2] ?? '')}</p>`;
  const quote = /^>\s?(.*)$/.exec(line);
  return quote === null ? undefined : `<blockquote>${inline(quote[1] ?? '')}</blockquote>`;
}

export const escapeHtml = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character] ?? '',
  );

/** Written after escaping, so that brackets and stars are all that is left to be mark-up. */
function inline(raw: string): string {
  return escapeHtml(raw)
    .replace(/!\[([^\]]*)\]\((https?:[^)\s]+)\)/g, '<img alt="$1" src="$2">')
    .replace(/\[([^\]]+)\]\(((?:https?|dingtalk):[^)\s]+)\)/g, '<a href="#" data-link="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[^*])\*([^*\s][^*]*)\*/g, '$1<em>$2</em>')
    .replace(
      /&lt;font color=(?:&quot;|&#39;)?(#[0-9a-f]{3,8}|[a-z]+)(?:&quot;|&#39;)?&gt;(.*?)&lt;\/font&gt;/gi,
      '<font color="$1">$2</font>',
    );
}
