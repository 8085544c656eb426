const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/**
 * A decimal as written ("0.8", "9", "-3.25") → integer at `places` decimals (0.8 at 4 → 8000), never through a float.
 * @returns null when the text is no decimal, has more places than `places`, or leaves 2⁵³
 */
export function parseDecimal(text: string, places: number): number | null {
  const match = DECIMAL.exec(text.trim());
  if (!match) return null;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > places) return null;
  const scaled = Number((match[2] ?? '0') + fraction.padEnd(places, '0'));
  if (!Number.isSafeInteger(scaled)) return null;
  return match[1] === '-' && scaled !== 0 ? -scaled : scaled;
}

/**
 * A JSON number → integer at `places` decimals. JSON.parse has already made a double of the written decimal;
 * its shortest text is that decimal again (at most 17 digits), so the way back over text is exact.
 */
export function decimalOfNumber(value: number, places: number): number | null {
  return Number.isFinite(value) ? parseDecimal(String(value), places) : null;
}

/** Integer at `places` decimals → text with exactly `decimals` places (`decimals` ≤ `places` only where exact). */
export function formatDecimal(scaled: number, places: number): string {
  const digits = String(Math.abs(scaled)).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return scaled < 0 ? `-${text}` : text;
}
