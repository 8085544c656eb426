import type { Json } from '../api/gateway/parameters.ts';
import { isObject, isTextList } from '../api/gateway/parameters.ts';
import type { FormComponent } from './form-book.ts';

/** Whether a text is a good value for the control; every value of an instance is text. */
type Check = (value: string, props: Json) => boolean;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isNumber: Check = (value) => /^-?\d+(\.\d+)?$/.test(value);
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MINUTE = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/;

/** A day, or a minute where the form's format asks for one. */
const isDate: Check = (value, props) => {
  const wantsTime = typeof props.format === 'string' && props.format.includes('HH');
  const [day = ''] = value.split(' ');
  return (wantsTime ? MINUTE : DAY).test(value) && !Number.isNaN(Date.parse(day));
};

/** Options hold what people see in `value`, which is also what an instance names. */
const optionsOf = (props: Json): string[] =>
  (Array.isArray(props.options) ? props.options : []).map((option) =>
    isObject(option) ? String(option.value) : String(option),
  );

const isListOfTexts = (value: string): boolean => isTextList(parse(value));
const isAnything: Check = () => true;

const CHECKS: Record<string, Check> = {
  TextField: isAnything,
  TextareaField: isAnything,
  NumberField: isNumber,
  MoneyField: isNumber,
  DDSelectField: (value, props) => optionsOf(props).includes(value),
  DDMultiSelectField: (value, props) => {
    const chosen = parse(value);
    return isTextList(chosen) && chosen.every((one) => optionsOf(props).includes(one));
  },
  DDDateField: isDate,
  DDDateRangeField: (value, props) => {
    const ends = parse(value);
    return isTextList(ends) && ends.length === 2 && ends.every((end) => isDate(end, props));
  },
  PhoneField: (value) => /^\+?[\d-]+$/.test(value),
  DDPhotoField: isListOfTexts,
  DDAttachment: (value) => Array.isArray(parse(value)),
  InnerContactField: isListOfTexts,
  DepartmentField: (value) => /^-?\d+(,-?\d+)*$/.test(value),
  RelateField: isListOfTexts,
  AddressField: isAnything,
  StarRatingField: (value) => /^\d+$/.test(value),
  TableField: (value) => {
    const rows = parse(value);
    return Array.isArray(rows) && rows.every(Array.isArray);
  },
  TimeAndLocationField: (value) => Array.isArray(parse(value)),
  // A note is part of the form, not of an instance.
  TextNote: () => false,
};

/** The control types that a form may have. */
export const COMPONENT_TYPES = Object.keys(CHECKS);

export const isGoodValue = ({ componentType, props }: FormComponent, value: string): boolean =>
  (CHECKS[componentType] ?? isAnything)(value, props);
