import type { SimulatorClock } from '../clock/clock.ts';
import type { Directory } from '../org/directory.ts';
import type { ApprovalBook } from '../approvals/approval-book.ts';
import type { ApprovalEntry } from './approval-entries.ts';
import { approvalEntry } from './approval-entries.ts';
import type { EventSink } from '../events/event.ts';
import type { NoticeEntry } from './notices.ts';
import { NoticeBook } from './notices.ts';
import type { TodoEntry } from './todos.ts';
import { TodoBook } from './todos.ts';
import type { TransferEntry } from './transfers.ts';
import { TransferBook } from './transfers.ts';

/** What `GET /_sim/books` shows: everything that the app sent, as DingTalk accepted it. */
export interface BooksView {
  notices: NoticeEntry[];
  cards: never[];
  approvals: ApprovalEntry[];
  transfers: TransferEntry[];
  todos: TodoEntry[];
}

interface BooksParts {
  clock: SimulatorClock;
  directory: Directory;
  events: EventSink;
  approvals: ApprovalBook;
}

/** The books of the make-believe DingTalk; this release's app sends no interactive cards. */
export class Books {
  readonly notices: NoticeBook;
  readonly approvals: ApprovalBook;
  readonly transfers: TransferBook;
  readonly todos: TodoBook;
  readonly #directory: Directory;

  constructor({ clock, directory, events, approvals }: BooksParts) {
    this.#directory = directory;
    this.notices = new NoticeBook(clock, directory);
    this.approvals = approvals;
    this.transfers = new TransferBook(clock);
    this.todos = new TodoBook(clock, events);
  }

  todoEntries(): TodoEntry[] {
    return this.todos.entries((unionId) => this.#directory.byUnionId(unionId)?.userid ?? unionId);
  }

  view(): BooksView {
    return {
      notices: this.notices.entries(),
      cards: [],
      approvals: this.approvals.all().map(approvalEntry),
      transfers: this.transfers.entries(),
      todos: this.todoEntries(),
    };
  }
}
