import { roleChangeStates, type RoleChangeState, type Tier } from '@shigang/shared';
import { DECISION_CYCLE, HR, type DecisionHouse } from '../harness/decision-house.ts';
import { askRoute } from './ask-route.ts';

/* What HR sees of a person on the desk, and does there, by the endpoints of the desk. */

/** As far as the stories look at it. */
export interface PersonFile {
  readonly decisionId: string | null;
  readonly change: {
    readonly state: RoleChangeState;
    readonly returnedWhy: string | null;
    readonly returnedRemark: string | null;
    readonly missing: readonly string[];
    readonly approval: { readonly state: string } | null;
  } | null;
  readonly notices: readonly {
    readonly noticeId: string;
    readonly state: string;
    readonly mayResend: boolean;
  }[];
  readonly entries: readonly {
    readonly kind: string;
    readonly title: string;
    readonly detail: string | null;
  }[];
  readonly may: { readonly offerAgain: boolean };
}
interface People {
  readonly columns: {
    readonly userId: readonly string[];
    readonly change: readonly number[];
    readonly notice: readonly number[];
  };
}

/** A person's line of the list: what became of the offer, and whether HR has to look at the notice. */
export interface ListLine {
  readonly change: RoleChangeState | null;
  readonly isNoticeTroubled: boolean;
}

export async function peopleList(house: DecisionHouse): Promise<Record<string, ListLine>> {
  const params = { cycleId: DECISION_CYCLE };
  const { columns } = await askRoute<People>(house, HR, { route: 'GET /cycles/{cycleId}/people', params });
  return Object.fromEntries(
    columns.userId.map((userId, row) => [
      userId,
      {
        change: roleChangeStates[columns.change[row] ?? -1] ?? null,
        isNoticeTroubled: columns.notice[row] === 2,
      },
    ]),
  );
}

export const fileOf = (house: DecisionHouse, userId: string): Promise<PersonFile> =>
  askRoute(house, HR, {
    route: 'GET /cycles/{cycleId}/people/{userId}/file',
    params: { cycleId: DECISION_CYCLE, userId },
  });

/** Lines of the file whose title begins like this, title and detail. */
export const linesOf = async (house: DecisionHouse, userId: string, title: string): Promise<string[]> =>
  (await fileOf(house, userId)).entries
    .filter((entry) => entry.title.startsWith(title))
    .map((entry) => [entry.title, entry.detail].filter(Boolean).join(' · '));

/** The person's last notice once more, in other words. */
export async function resend(house: DecisionHouse, userId: string): Promise<void> {
  const { notices } = await fileOf(house, userId);
  await askRoute(house, HR, {
    route: 'POST /cycles/{cycleId}/people/{userId}/notices',
    params: { cycleId: DECISION_CYCLE, userId },
    body: { noticeId: notices.at(-1)?.noticeId },
  });
}

/** The same offer once more. */
export async function offerAgain(house: DecisionHouse, userId: string, tier: Tier): Promise<void> {
  const { decisionId } = await fileOf(house, userId);
  await askRoute(house, HR, {
    route: 'POST /cycles/{cycleId}/decisions',
    params: { cycleId: DECISION_CYCLE },
    body: { userId, tier, replaces: decisionId },
  });
}
