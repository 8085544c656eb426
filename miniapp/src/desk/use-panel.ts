import { useEffect, useRef, type FocusEvent, type RefObject } from 'react';
import { closePanel, openPanel, usePanelName } from './address.ts';

/** A panel that opens beside its button and closes by "back", Escape, a click elsewhere, or by tabbing out of it. */
export interface PanelState {
  isOpen: boolean;
  button: { ref: RefObject<HTMLButtonElement | null>; 'aria-expanded': boolean; onClick: () => void };
  panel: { ref: RefObject<HTMLDivElement | null>; tabIndex: -1; onBlur: (event: FocusEvent) => void };
}

export function usePanel(name: string): PanelState {
  const isOpen = usePanelName() === name;
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const opener = button.current;
    panel.current?.focus({ preventScroll: true });
    const isOutside = (target: EventTarget | null): boolean =>
      target instanceof Node && !panel.current?.contains(target) && !opener?.contains(target);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') closePanel();
    };
    const onPointer = (event: PointerEvent): void => {
      if (isOutside(event.target)) closePanel();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPointer);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPointer);
      // What had the focus is gone with the panel: its button is where one was before.
      if (document.activeElement === document.body || panel.current?.contains(document.activeElement))
        opener?.focus();
    };
  }, [isOpen]);
  return {
    isOpen,
    button: {
      ref: button,
      'aria-expanded': isOpen,
      onClick: () => (isOpen ? closePanel() : openPanel(name)),
    },
    panel: {
      ref: panel,
      tabIndex: -1,
      onBlur: ({ relatedTarget }) => {
        const next = relatedTarget as Node | null;
        if (next === null || panel.current?.contains(next) || button.current?.contains(next)) return;
        closePanel();
      },
    },
  };
}
