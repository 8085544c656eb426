/**
 * A moment at which a process changes something outside of itself: a commit in MySQL or a call to DingTalk. `before`:
 * it was asked for and did not happen; `after`: it happened and the process has not heard of it.
 */
export interface Effect {
  /** What happens, without ids: `commit cycles, audit_log` · `insert calls` · `POST /v1.0/workflow/processInstances`. */
  readonly label: string;
  /** The how manieth of its label in this run, from 1. */
  readonly nth: number;
}

export interface KillPoint extends Effect {
  readonly moment: 'before' | 'after';
}

export const nameOfPoint = ({ label, nth, moment }: KillPoint): string => `${moment} ${label} #${nth}`;

/** Counts the effects of a process as its gates see them, and stops it at one of them. */
export class EffectWatch {
  readonly effects: Effect[] = [];
  /** Resolves when the process stands at the point and waits there for ever. */
  readonly arrived: Promise<void>;
  readonly #point: KillPoint | null;
  readonly #counts = new Map<string, number>();
  #arrive: () => void = () => undefined;
  #hasArrived = false;
  #hasStarted = false;
  #atEffect: () => Promise<void> = () => Promise.resolve();

  constructor(point: KillPoint | null = null) {
    this.#point = point;
    this.arrived = new Promise((resolve) => (this.#arrive = resolve));
  }

  get hasArrived(): boolean {
    return this.#hasArrived;
  }

  /** Counts from now on. */
  start(atEffect?: () => Promise<void>): void {
    this.#hasStarted = true;
    if (atEffect) this.#atEffect = atEffect;
  }

  /** Called by a gate before it lets an effect through. @returns where the process has to stop, if it does */
  meet(label: string): KillPoint['moment'] | null {
    if (!this.#hasStarted) return null;
    void this.#atEffect();
    const nth = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, nth);
    this.effects.push({ label, nth });
    const isThis = this.#point?.label === label && this.#point.nth === nth;
    return isThis ? (this.#point?.moment ?? null) : null;
  }

  /** Called by the gate that holds the process from now on. */
  stand(): void {
    this.#hasArrived = true;
    this.#arrive();
  }
}
