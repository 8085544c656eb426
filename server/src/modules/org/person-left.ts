import type { DayString } from '@shigang/shared';
import { declareEvent } from '../../platform/events/index.ts';

/** Somebody is not in the company any more. */
export interface PersonLeft {
  readonly userId: string;
  /** Day on which it became known, in Shanghai: who comes back may leave again. */
  readonly on: DayString;
}

export const personLeft = declareEvent<PersonLeft>()({
  name: 'org.person_left',
  key: ({ userId, on }) => `${userId}/${on}`,
});
