import { useVirtualizer, type Range, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, type RefObject } from 'react';

/** Rows drawn beyond both edges, so that a quick scroll shows no gap. */
const BEYOND = 5;

/** Rows of one height, drawn as far as they are seen; a screen whose list may be long uses nothing else. */
export function useRows(
  scroller: RefObject<HTMLDivElement | null>,
  { count, height }: { readonly count: number; readonly height: number },
): Virtualizer<HTMLDivElement, Element> {
  // Always the same number of rows: one that leaves at one edge is used again at the other, nothing is built or thrown
  // away while scrolling.
  const windowOf = useCallback(
    ({ startIndex, count }: Range): number[] => {
      const shown = scroller.current?.clientHeight ?? 0;
      const size = Math.min(Math.ceil(shown / height) + 1 + 2 * BEYOND, count);
      const first = Math.min(Math.max(startIndex - BEYOND, 0), count - size);
      return Array.from({ length: size }, (_, at) => first + at);
    },
    [scroller, height],
  );
  const rows = useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    rangeExtractor: windowOf,
  });
  useEffect(() => rows.measure(), [rows, height]);
  return rows;
}
