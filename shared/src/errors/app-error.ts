import { errorCatalogue, type ErrorCode } from '../messages/errors.ts';

export type ErrorParams = Readonly<Record<string, string | number | null | undefined>>;

/** An error with a stable code; the sentence a person reads is made from the catalogue, the log gets params and cause. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: { cause?: unknown }) {
    super(sentenceOf(code, params), options);
    this.name = 'AppError';
    this.code = code;
    this.params = params;
  }

  /** HTTP status of this code, from the catalogue. */
  get status(): number {
    return errorCatalogue[this.code].status;
  }
}

/** The Chinese sentence of a code with its parameters filled in. */
export function sentenceOf(code: ErrorCode, params: ErrorParams): string {
  return errorCatalogue[code].text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}
