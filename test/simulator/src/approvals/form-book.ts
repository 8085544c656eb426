import type { SimulatorClock } from '../clock/clock.ts';
import type { Json } from '../api/gateway/parameters.ts';

/** A control of a form as it was saved. */
export interface FormComponent {
  componentType: string;
  props: Json;
  children: FormComponent[];
}

/** An approval form (template). */
export interface ApprovalForm {
  processCode: string;
  formUuid: string;
  name: string;
  description: string;
  components: FormComponent[];
  config: Json;
  createdAt: number;
  modifiedAt: number;
  number: number;
}

export interface FormContent {
  name: string;
  description: string;
  components: FormComponent[];
  config: Json;
}

const codeOf = (number: number): string => String(number).padStart(4, '0');

/** The organisation's approval forms. */
export class FormBook {
  readonly #clock: SimulatorClock;
  readonly #forms = new Map<string, ApprovalForm>();

  constructor(clock: SimulatorClock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#forms.size;
  }

  find(processCode: string): ApprovalForm | undefined {
    return this.#forms.get(processCode);
  }

  byName(name: string): ApprovalForm | undefined {
    return [...this.#forms.values()].find((form) => form.name === name);
  }

  add(content: FormContent): ApprovalForm {
    const number = this.#forms.size + 1;
    const now = this.#clock.now();
    const form: ApprovalForm = {
      ...content,
      processCode: `PROC-SIM-${codeOf(number)}`,
      formUuid: `FORM-SIM-${codeOf(number)}`,
      createdAt: now,
      modifiedAt: now,
      number,
    };
    this.#forms.set(form.processCode, form);
    return form;
  }

  /** Running instances keep the form that they were started with. */
  change(form: ApprovalForm, content: FormContent): ApprovalForm {
    const changed = { ...form, ...content, modifiedAt: this.#clock.now() };
    this.#forms.set(form.processCode, changed);
    return changed;
  }
}

/** @returns what the form calls the control: its label */
export const labelOf = (component: FormComponent): string =>
  typeof component.props.label === 'string' ? component.props.label : '';

/** @returns the control's id; a form may name it by its alias only */
export const idOf = (component: FormComponent): string => {
  const { componentId, bizAlias } = component.props;
  if (typeof componentId === 'string') return componentId;
  return typeof bizAlias === 'string' ? bizAlias : '';
};
