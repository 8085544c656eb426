import type { SimulatorClock } from '../clock/clock.ts';
import type { Directory } from '../org/directory.ts';
import type { NoticeEntry } from './notices.ts';
import { NoticeBook } from './notices.ts';

/** What `GET /_sim/books` shows: everything that the app sent, as DingTalk accepted it. */
export interface BooksView {
  notices: NoticeEntry[];
  cards: never[];
  approvals: never[];
  transfers: never[];
  todos: never[];
}

/** The books of the make-believe DingTalk; this release's app sends work notices only. */
export class Books {
  readonly notices: NoticeBook;

  constructor(clock: SimulatorClock, directory: Directory) {
    this.notices = new NoticeBook(clock, directory);
  }

  view(): BooksView {
    return { notices: this.notices.entries(), cards: [], approvals: [], transfers: [], todos: [] };
  }
}
