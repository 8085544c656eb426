import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { AppError } from '@shigang/shared';
import type { FieldProblem } from '@shigang/shared/answers';
import { missingFields } from './answer-fields.ts';
import type { DtoClass } from './route.ts';

/** A request whose content is wrong; carries every problem, not just the first. */
export class InvalidRequest extends AppError<'request.invalid'> {
  readonly problems: readonly FieldProblem[];

  constructor(problems: readonly FieldProblem[]) {
    super('request.invalid');
    this.problems = problems;
  }
}

/** Plain input → instance of its DTO class. @throws InvalidRequest with all problems */
export async function validated<T extends object>(Dto: DtoClass<T>, value: unknown): Promise<T> {
  const instance = plainToInstance(Dto, value ?? {}, { exposeUnsetFields: false });
  const errors = await validate(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  if (errors.length > 0) throw new InvalidRequest(errors.flatMap((error) => problemsOf(error, '')));
  return instance;
}

/** An answer that breaks its own contract is our mistake: found in development and tests. */
export async function assertAnswer<T extends object>(Dto: DtoClass<T>, value: object): Promise<void> {
  const instance = plainToInstance(Dto, value);
  const missing = missingFields(instance).map((field) => `${field}: is missing`);
  const errors = await validate(instance, { whitelist: true, forbidNonWhitelisted: true });
  const wrong = errors
    .flatMap((error) => problemsOf(error, ''))
    .map((problem) => `${problem.field}: ${problem.message}`);
  if (missing.length + wrong.length > 0)
    throw new Error(`answer breaks its contract ${Dto.name}: ${[...missing, ...wrong].join('; ')}`);
}

function problemsOf(error: ValidationError, prefix: string): FieldProblem[] {
  const field = prefix === '' ? error.property : `${prefix}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([code, message]) => ({ field, code, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, field))];
}
