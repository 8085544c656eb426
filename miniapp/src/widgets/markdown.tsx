import type { ReactNode } from 'react';

/** The part of markdown that DingTalk's cards use: headings, lists, quotes, bold. Everything else stays text. */
export function Markdown({ text }: { text: string }): ReactNode {
  return <div className="markdown">{blocksOf(text).map(drawn)}</div>;
}

type Block = { kind: 'heading' | 'quote' | 'text'; lines: string[] } | { kind: 'list'; lines: string[] };

const MARKS = [
  ['heading', /^#{1,6}\s+/],
  ['list', /^(?:[-*]|\d+\.)\s+/],
  ['quote', /^>\s?/],
] as const;

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let isNew = true;
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      isNew = true;
      continue;
    }
    const [kind, mark] = MARKS.find(([, pattern]) => pattern.test(line)) ?? ['text', /^/];
    const last = blocks.at(-1);
    if (last?.kind === kind && !isNew) last.lines.push(line.replace(mark, ''));
    else blocks.push({ kind, lines: [line.replace(mark, '')] });
    isNew = false;
  }
  return blocks;
}

function drawn({ kind, lines }: Block, at: number): ReactNode {
  if (kind === 'list')
    return (
      <ul key={at}>
        {lines.map((line, row) => (
          <li key={row}>{bold(line)}</li>
        ))}
      </ul>
    );
  const content = lines.map((line, row) => <span key={row}>{bold(line)}</span>);
  if (kind === 'heading') return <h4 key={at}>{content}</h4>;
  return kind === 'quote' ? <blockquote key={at}>{content}</blockquote> : <p key={at}>{content}</p>;
}

/** `**so**` is bold. */
const bold = (line: string): ReactNode =>
  line.split('**').map((piece, at) => (at % 2 === 1 ? <b key={at}>{piece}</b> : piece));
