import type { ImportIssueCode } from '@shigang/shared';

/** Why a cell is refused. */
export class Refusal {
  readonly code: ImportIssueCode;
  /** What would be right, for the sentence. */
  readonly hint: string;

  constructor(code: ImportIssueCode, hint = '') {
    this.code = code;
    this.hint = hint;
  }
}

export type Parsed<Value> = Value | Refusal;

/** Full-width forms, blanks and case made equal: `Ａmount ` and `amount` are one. */
export const folded = (text: string): string =>
  text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
