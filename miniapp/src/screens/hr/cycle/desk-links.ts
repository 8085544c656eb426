import { createContext, useContext, useEffect, useRef, type RefObject } from 'react';

/** What the list and the open person ask of each other; each puts its part in while it is on the page. */
export interface DeskLinks {
  /** Decides about the open person as the form stands; C in the list. */
  confirm: (() => void) | null;
  /** Opens the person `by` rows further in the list as it is filtered and sorted. */
  move: ((by: number) => void) | null;
}

const Links = createContext<RefObject<DeskLinks> | null>(null);
export const DeskLinksProvider = Links.Provider;

export const useNewDeskLinks = (): RefObject<DeskLinks> => useRef<DeskLinks>({ confirm: null, move: null });

export function useDeskLinks(): DeskLinks {
  const links = useContext(Links);
  if (links === null) throw new Error('outside of the board');
  return links.current;
}

/** Offers a part for as long as the component is there; always the newest closure. */
export function useDeskLink<Name extends keyof DeskLinks>(
  name: Name,
  act: NonNullable<DeskLinks[Name]>,
): void {
  const links = useDeskLinks();
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => {
    const call = ((by: number) => newest.current(by)) as DeskLinks[Name];
    links[name] = call;
    return () => {
      if (links[name] === call) links[name] = null;
    };
  }, [links, name]);
}
