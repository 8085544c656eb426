import { useCallback, useMemo, useState } from 'react';
import type { CyclePeopleAnswer } from '@shigang/shared/answers';

/** People chosen for a bulk confirmation, by userid: a list that is read anew keeps them. */
export interface Picked {
  readonly userIds: ReadonlySet<string>;
  has: (userId: string) => boolean;
  /** Chooses them, or lets them go when they are all chosen. */
  toggle: (userIds: readonly string[]) => void;
  /** Everybody in the list as it is filtered. */
  toggleAll: () => void;
  isAll: boolean;
  clear: () => void;
}

export function usePicked(people: CyclePeopleAnswer, view: Uint32Array): Picked {
  const [userIds, setUserIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((asked: readonly string[]): void => {
    setUserIds((before) => {
      const isAll = asked.every((userId) => before.has(userId));
      const after = new Set(before);
      for (const userId of asked) {
        if (isAll) after.delete(userId);
        else if (userId !== '') after.add(userId);
      }
      return after;
    });
  }, []);
  const listed = useMemo(() => Array.from(view, (row) => people.columns.userId[row] ?? ''), [people, view]);
  return {
    userIds,
    has: (userId) => userIds.has(userId),
    toggle,
    toggleAll: () => toggle(listed),
    isAll: listed.length > 0 && userIds.size >= listed.length && listed.every((one) => userIds.has(one)),
    clear: () => setUserIds(new Set()),
  };
}
