import { useCallback, useEffect, useState } from 'preact/hooks';
import { paths } from '../../../staff/pages.ts';

export interface OpenLine {
  lineId: string | null;
  open: (lineId: string) => void;
  close: () => void;
}

/** A sheet that this page opened, so that closing it is going back. */
const OURS = 'sheet';

/**
 * The open line follows the address: opening pushes the line's own address, back (a swipe) closes it. A line that was
 * the first address of the page is closed by replacing the address.
 */
export function useOpenLine(first: string | null, period: string): OpenLine {
  const [lineId, setLineId] = useState(first);
  useEffect(() => {
    const follow = (): void => setLineId(lineOf(location.pathname));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const open = useCallback(
    (id: string) => {
      history.pushState(OURS, '', paths.statementLine(id, period));
      setLineId(id);
    },
    [period],
  );
  const close = useCallback(() => {
    if (history.state === OURS) {
      history.back();
      return;
    }
    history.replaceState(null, '', paths.statement(period));
    setLineId(null);
  }, [period]);
  return { lineId, open, close };
}

const PREFIX = paths.statementLine('', '').split('?')[0] ?? '';
const lineOf = (pathname: string): string | null =>
  pathname.startsWith(PREFIX) ? decodeURIComponent(pathname.slice(PREFIX.length)) : null;
