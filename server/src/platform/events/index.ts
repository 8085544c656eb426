export { declareEvent, listener, type Event, type Listener } from './event.ts';
export { News, type Hearing } from './news.ts';
