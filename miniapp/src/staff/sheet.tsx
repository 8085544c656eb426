import { staffText } from '@shigang/shared';
import { useEffect, useRef } from 'preact/hooks';
import type { ReactNode } from 'react';
import { Icon } from '../widgets/icon.tsx';

interface SheetProps {
  title: string;
  note: string;
  /** Where the page without the sheet lives: works without scripts. */
  closeHref: string;
  onClose: () => void;
  children: ReactNode;
}

const FOCUSABLE = 'a[href],button,summary,[tabindex="0"]';

/** A dialog from the bottom edge with an address of its own. Focus moves to its title and stays inside. */
export function Sheet({ title, note, closeHref, onClose, children }: SheetProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const sheet = box.current;
    if (!sheet) return;
    sheet.querySelector<HTMLElement>('h2')?.focus();
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
      if (event.key === 'Tab') keepInside(sheet, event);
    };
    document.addEventListener('keydown', onKey);
    document.documentElement.classList.add('locked');
    return () => {
      document.removeEventListener('keydown', onKey);
      document.documentElement.classList.remove('locked');
    };
  }, [onClose]);
  const close = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
    onClose();
  };
  return (
    <>
      <a className="scrim" href={closeHref} onClick={close} tabIndex={-1} aria-hidden="true" />
      <div className="sheet" role="dialog" aria-modal="true" aria-labelledby="sheet-title" ref={box}>
        <header>
          <div>
            <h2 id="sheet-title" tabIndex={-1}>
              {title}
            </h2>
            <p>{note}</p>
          </div>
          <a className="round" href={closeHref} onClick={close} aria-label={staffText['line.close']}>
            <Icon name="close" size="s" />
          </a>
        </header>
        {children}
      </div>
    </>
  );
}

function keepInside(sheet: HTMLElement, event: KeyboardEvent): void {
  const stops = [...sheet.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [first, last] = [stops[0], stops.at(-1)];
  if (!first || !last) return;
  const isInside = sheet.contains(document.activeElement);
  const edge = event.shiftKey ? first : last;
  if (
    isInside &&
    document.activeElement !== edge &&
    !(event.shiftKey && document.activeElement === sheet.querySelector('h2'))
  ) {
    return;
  }
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}
