const CENTS = Array.from({ length: 100 }, (_, cents) => `.${String(cents).padStart(2, '0')}`);
const THOUSANDS = Array.from({ length: 1_000 }, (_, three) => `,${String(three).padStart(3, '0')}`);

/**
 * Fen → `150,000.00`, negative with the real minus sign; by tables, because a statement run writes millions of them
 * (a third of the time of a regular expression, measured).
 */
export function yuanText(fen: number): string {
  if (fen < 0) return `−${yuanText(-fen)}`;
  let yuan = Math.floor(fen / 100);
  let tail = CENTS[fen - yuan * 100] as string;
  while (yuan >= 1_000) {
    const rest = Math.floor(yuan / 1_000);
    tail = (THOUSANDS[yuan - rest * 1_000] as string) + tail;
    yuan = rest;
  }
  return yuan + tail;
}
