import type { ErrorCode } from '../messages/errors.ts';

/** What every refused request gets (RFC 9457, application/problem+json): our stable code and a number to quote. */
export interface ProblemDocument {
  type: 'about:blank';
  /** One clear Chinese sentence. */
  title: string;
  status: number;
  code: ErrorCode;
  requestId: string;
}

/** 422 `request.invalid` of a request with wrong fields: all of them, not just the first. */
export interface InvalidRequestDocument extends ProblemDocument {
  errors: readonly FieldProblem[];
}

export interface FieldProblem {
  /** Path of the field, e.g. `lines.0.amountFen`. */
  field: string;
  /** The rule that it breaks, e.g. `isInt`. */
  code: string;
  message: string;
}
