import { getMetadataStorage, ValidateIf } from 'class-validator';

const isNotNull = (_answer: object, value: unknown): boolean => value !== null;

/** A field of an answer that may be null; left out it never is. (An input's field that may be left out: `IsOptional`.) */
export const IsNullable = (): PropertyDecorator => ValidateIf(isNotNull);

interface FieldRule {
  readonly propertyName: string;
  readonly constraints?: readonly unknown[];
}

/** Whether a rule of class-validator is {@link IsNullable}. */
export const allowsNull = (rule: Pick<FieldRule, 'constraints'>): boolean =>
  rule.constraints?.[0] === isNotNull;

/**
 * Fields that an answer leaves out, and those that are null without being declared so, as paths like `notice.timeline.0.at`;
 * class-validator itself says nothing about a nested object that is not there.
 * @param answer an instance of its class, nested ones likewise
 */
export function missingFields(answer: object, prefix = ''): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(answer.constructor, '', true, false);
  const nullable = new Set(rules.filter(allowsNull).map((rule) => rule.propertyName));
  return [...new Set(rules.map((rule) => rule.propertyName))].flatMap((field) => {
    const value = (answer as Record<string, unknown>)[field];
    if (value === undefined || (value === null && !nullable.has(field))) return [`${prefix}${field}`];
    return nestedIn(value).flatMap(([place, nested]) => missingFields(nested, `${prefix}${field}.${place}`));
  });
}

/** Objects in a field with the rest of their path: of an array its elements. */
function nestedIn(value: unknown): [string, object][] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value)) return [['', value]];
  return value.flatMap((item: unknown, index) =>
    typeof item === 'object' && item !== null ? [[`${index}.`, item] satisfies [string, object]] : [],
  );
}
