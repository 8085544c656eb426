import { listener, News, type Event } from '../../../server/src/platform/events/index.ts';
import type { Outbox } from '../../../server/src/platform/outbox/outbox.ts';

const NAME = 'test.hears';

/** News over a part of the house: somebody listens to these events, and what they heard stays in the outbox. */
export function heardNews(outbox: Outbox, told: readonly Event[]): News {
  const news = new News(outbox);
  const hear = (): Promise<void> => Promise.resolve();
  news.connect({ told, listeners: told.map((event) => listener(event, `${NAME}_${event.name}`, hear)) });
  return news;
}

/** Outbox kind under which {@link heardNews} writes an event down. */
export const heardKind = ({ name }: Event): string => `event:${name}:${NAME}_${name}`;
