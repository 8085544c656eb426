import { errorCatalogue, type ErrorCode } from '../messages/errors.ts';

/** Parameters of any code, as they are stored and shown. */
export type ErrorParams = Readonly<Record<string, string | number | null | undefined>>;

/** Names in braces of a sentence. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
type NamesOf<Code extends ErrorCode> = Placeholders<(typeof errorCatalogue)[Code]['text']>;

/** What the sentence of a code names: nothing less, and nothing more, since nobody would ever see it. */
export type ParamsOf<Code extends ErrorCode> = [NamesOf<Code>] extends [never]
  ? Readonly<Record<string, never>>
  : { readonly [Name in NamesOf<Code>]: string | number };

/** Parameters may be left out only where the sentence names none. */
type Rest<Code extends ErrorCode> = [NamesOf<Code>] extends [never]
  ? [params?: ParamsOf<Code>, options?: ErrorOptions]
  : [params: ParamsOf<Code>, options?: ErrorOptions];

interface ErrorOptions {
  readonly cause?: unknown;
  /** What the log gets besides; nobody reads it in a sentence. */
  readonly about?: ErrorParams;
}

class CodedError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    const known: ErrorParams = { ...params, ...options?.about };
    super(sentenceOf(code, known), options);
    this.name = 'AppError';
    this.code = code;
    this.params = known;
  }

  /** HTTP status of this code, from the catalogue. */
  get status(): number {
    return errorCatalogue[this.code].status;
  }
}

interface AppErrorClass {
  new <Code extends ErrorCode>(code: Code, ...rest: Rest<Code>): CodedError;
  readonly prototype: CodedError;
}

/** An error with a stable code; the sentence a person reads is made from the catalogue, the log gets params and cause. */
export type AppError = CodedError;
/** Only making one needs its parameters typed by the code: whoever catches one has any. */
export const AppError = CodedError as unknown as AppErrorClass;

/** The Chinese sentence of a code with its parameters filled in. */
export function sentenceOf(code: ErrorCode, params: ErrorParams): string {
  return errorCatalogue[code].text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}
