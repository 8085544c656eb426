import { AppError, errorCatalogue, sentenceOf, type ErrorCode, type ErrorParams } from '@shigang/shared';
import type { InvalidRequestDocument, ProblemDocument } from '@shigang/shared/answers';
import { InvalidRequest } from './validate.ts';

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
export function problemOf(error: unknown, requestId: string): ProblemDocument | InvalidRequestDocument {
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

function head(code: ErrorCode, params: ErrorParams, requestId: string): ProblemDocument {
  const { status } = errorCatalogue[code];
  return { type: 'about:blank', title: sentenceOf(code, params), status, code, requestId };
}
