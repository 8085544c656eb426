import type { ReactNode } from 'react';

export interface BarPart {
  key: string;
  /** Not negative; any unit. */
  size: number;
  /** 1–5: the colour of the component. */
  colour: number;
}

/** Share of `size` in `scale` as a percentage with two decimals, for an SVG attribute. */
const percent = (size: number, scale: number): number =>
  scale > 0 ? Math.round((size * 10_000) / scale) / 100 : 0;

/**
 * Parts beside one another on the scale `scale` (the same for bars that are compared), 2 px apart.
 * Widths are SVG attributes: the content security policy allows no style attributes.
 */
export function StackedBar({
  parts,
  scale,
  height,
}: {
  parts: BarPart[];
  scale: number;
  height: number;
}): ReactNode {
  const shown = parts.filter((part) => part.size > 0);
  let before = 0;
  const placed = shown.map((part) => {
    const start = before;
    before += part.size;
    return { ...part, start };
  });
  return (
    <svg className="bar" height={height} aria-hidden="true">
      {placed.map((part) => (
        <rect
          key={part.key}
          className={`f${part.colour}`}
          x={`${percent(part.start, scale)}%`}
          width={`${percent(part.size, scale)}%`}
          height={height}
        />
      ))}
      {placed.slice(1).map((part) => (
        <rect
          key={part.key}
          className="f-gap"
          x={`${percent(part.start, scale)}%`}
          width="2"
          height={height}
        />
      ))}
    </svg>
  );
}
