/** GET /api/v1/session (401 `session.required` without one). Also the `viewer` of every page's data. */
export interface SessionAnswer {
  userId: string;
  name: string;
  /** Main department, null when DingTalk names none. */
  departmentName: string | null;
  /** Which doors are shown; the server decides again at every read. */
  abilities: SessionAbilities;
}

export interface SessionAbilities {
  /** Holds (or held) a sales role: has a home, a statement, a match score. */
  seesOwnFigures: boolean;
  /** HR or HR admin: may open /desk. */
  opensDesk: boolean;
  /** Somebody reports to this person, directly or not: may open /team. */
  managesTeam: boolean;
}

/** What every page's answer starts with. */
export interface AnswerHead {
  viewer: SessionAnswer;
  /** The business clock when the answer was made: greeting, 今天/昨天. */
  nowAt: string;
  /** When the figures shown were computed last. */
  dataAt: string | null;
}

/** POST /api/v1/session. */
export interface SignInRequest {
  corpId: string;
  /** Login-free code of the DingTalk client: five minutes, single use. */
  authCode: string;
}

/** Who signed in, and the page asked for by the header `x-shigang-page`, so that the first visit takes one round trip. */
export interface SignInAnswer {
  session: SessionAnswer;
  /** Title, HTML and data of the page; null on the desk and for unknown addresses. */
  page: object | null;
}
