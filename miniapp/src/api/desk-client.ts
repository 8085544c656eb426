import type {
  Confirmed,
  ConfirmRequest,
  CycleAnswer,
  CycleEvidenceAnswer,
  CycleListAnswer,
  CyclePeopleAnswer,
  CyclePersonAnswer,
  DecideRequest,
  DecisionMade,
  JobRunsAnswer,
  JobRunView,
  PersonFileAnswer,
  PublicationMade,
  PublishPreview,
  ResendRequest,
  Resent,
  Resolved,
  SessionAnswer,
  ResolveRequest,
} from '@shigang/shared/answers';
import { refusalIn, type Refusal } from './refusal.ts';

/** A refused or failed request; `status` 0 = no network. `number` is the server's request id where it sent one. */
export class DeskError extends Error {
  readonly status: number;
  readonly number: string | null;
  /** What the server says about it; null without a network or without a document. */
  readonly problem: Refusal | null;
  constructor(
    status: number,
    told: { readonly number: string | null; readonly problem: Refusal | null },
    options?: { cause: unknown },
  ) {
    super(`status ${status}`, options);
    this.status = status;
    this.number = told.number;
    this.problem = told.problem;
  }
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new DeskError(0, { number: null, problem: null }, { cause });
  }
  if (!response.ok) {
    const number = response.headers.get('x-request-id');
    throw new DeskError(response.status, { number, problem: await refusalIn(response) });
  }
  return (response.status === 204 ? null : await response.json()) as T;
}

const get = <T>(path: string, signal: AbortSignal): Promise<T> =>
  ask(path, { signal, headers: { accept: 'application/json' } });
const post = <T>(path: string, body: object): Promise<T> =>
  ask(path, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const id = encodeURIComponent;
const personPath = ({ cycleId, userId }: PersonRef): string => `/cycles/${id(cycleId)}/people/${id(userId)}`;

/** The reads and writes of HR's desk; each throws DeskError. Writes are safe to repeat. */
export const deskClient = {
  session: (signal: AbortSignal): Promise<SessionAnswer> => get('/session', signal),
  jobRuns: (signal: AbortSignal): Promise<JobRunsAnswer> => get('/job-runs', signal),
  cancelJobRun: (runId: string): Promise<JobRunView> => post(`/job-runs/${id(runId)}/cancel`, {}),
  signOut: (): Promise<unknown> => ask('/session', { method: 'DELETE' }),
  cycles: (signal: AbortSignal): Promise<CycleListAnswer> => get('/cycles', signal),
  cycle: (cycleId: string, signal: AbortSignal): Promise<CycleAnswer> =>
    get(`/cycles/${id(cycleId)}`, signal),
  people: (cycleId: string, signal: AbortSignal): Promise<CyclePeopleAnswer> =>
    get(`/cycles/${id(cycleId)}/people`, signal),
  preview: (cycleId: string, signal: AbortSignal): Promise<PublishPreview> =>
    get(`/cycles/${id(cycleId)}/preview`, signal),
  person: (of: PersonRef, signal: AbortSignal): Promise<CyclePersonAnswer> => get(personPath(of), signal),
  file: (of: PersonRef, signal: AbortSignal): Promise<PersonFileAnswer> =>
    get(`${personPath(of)}/file`, signal),
  evidence: (of: EvidenceOf, signal: AbortSignal): Promise<CycleEvidenceAnswer> =>
    get(`${personPath(of)}/evidence?metric=${id(of.metric)}&after=${of.after}`, signal),
  decide: (cycleId: string, request: DecideRequest): Promise<DecisionMade> =>
    post(`/cycles/${id(cycleId)}/decisions`, request),
  confirm: (cycleId: string, request: ConfirmRequest): Promise<Confirmed> =>
    post(`/cycles/${id(cycleId)}/confirmations`, request),
  publish: (cycleId: string): Promise<PublicationMade> => post(`/cycles/${id(cycleId)}/publication`, {}),
  resolve: (of: PersonRef, request: ResolveRequest): Promise<Resolved> =>
    post(`${personPath(of)}/resolutions`, request),
  resend: (of: PersonRef, request: ResendRequest): Promise<Resent> =>
    post(`${personPath(of)}/notices`, request),
} as const;

export interface PersonRef {
  cycleId: string;
  userId: string;
}

export interface EvidenceOf extends PersonRef {
  metric: string;
  /** Row to start from, 0 = the newest. */
  after: number;
}
