import { AppError, sentenceOf, type ErrorCode, type ErrorParams } from '@shigang/shared';
import { InvalidRequest, type FieldProblem } from './validate.ts';

/** RFC 9457 problem document with our stable code and a number to quote. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly errors?: readonly FieldProblem[];
}

/** Codes of lost connections to MySQL or Redis: the request may be repeated later, nothing is broken. */
const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ER_SERVER_SHUTDOWN',
]);

/** Any error → what a person gets; causes and stacks stay in the log. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof AppError) {
    const errors = error instanceof InvalidRequest ? { errors: error.problems } : {};
    return { ...head(error.code, error.params, requestId), ...errors };
  }
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && UNAVAILABLE.has(code))
    return head('service.unavailable', { service: '服务' }, requestId);
  const status = (error as { status?: unknown }).status;
  if (status === 400 || status === 413) return { ...head('request.invalid', {}, requestId), status };
  return head('internal', {}, requestId);
}

function head(code: ErrorCode, params: ErrorParams, requestId: string): Problem {
  const status = new AppError(code, params).status;
  return { type: 'about:blank', title: sentenceOf(code, params), status, code, requestId };
}
