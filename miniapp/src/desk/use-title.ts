import { useEffect } from 'react';

/** Names the page in the document and in the client's title bar; null: somebody else does. */
export function useTitle(title: string | null): void {
  useEffect(() => {
    if (title === null) return;
    document.title = title;
    void import('../dingtalk/bridge.ts').then(({ setTitle }) => setTitle(title));
  }, [title]);
}
