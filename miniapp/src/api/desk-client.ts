import type {
  CycleAnswer,
  CycleEvidenceAnswer,
  CycleListAnswer,
  CyclePeopleAnswer,
  CyclePersonAnswer,
} from './answers.ts';

/** A refused or failed request; `status` 0 = no network. `number` is the server's request id where it sent one. */
export class DeskError extends Error {
  readonly status: number;
  readonly number: string | null;
  constructor(status: number, number: string | null, options?: { cause: unknown }) {
    super(`status ${status}`, options);
    this.status = status;
    this.number = number;
  }
}

async function get<T>(path: string, signal: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, { signal, headers: { accept: 'application/json' } });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new DeskError(0, null, { cause });
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new DeskError(response.status, response.headers.get('x-request-id'));
  }
  return (await response.json()) as T;
}

const id = encodeURIComponent;

/** The reads of HR's desk; each throws DeskError. */
export const deskClient = {
  cycles: (signal: AbortSignal): Promise<CycleListAnswer> => get('/cycles', signal),
  cycle: (cycleId: string, signal: AbortSignal): Promise<CycleAnswer> =>
    get(`/cycles/${id(cycleId)}`, signal),
  people: (cycleId: string, signal: AbortSignal): Promise<CyclePeopleAnswer> =>
    get(`/cycles/${id(cycleId)}/people`, signal),
  person: (cycleId: string, userId: string, signal: AbortSignal): Promise<CyclePersonAnswer> =>
    get(`/cycles/${id(cycleId)}/people/${id(userId)}`, signal),
  evidence: (of: EvidenceOf, signal: AbortSignal): Promise<CycleEvidenceAnswer> =>
    get(
      `/cycles/${id(of.cycleId)}/people/${id(of.userId)}/evidence?metric=${id(of.metric)}&after=${of.after}`,
      signal,
    ),
} as const;

export interface EvidenceOf {
  cycleId: string;
  userId: string;
  metric: string;
  /** Row to start from, 0 = the newest. */
  after: number;
}
