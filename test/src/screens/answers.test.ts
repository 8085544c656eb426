import type * as Screens from '@shigang/shared/answers';
import type { HomeAnswer } from '../../../server/src/pages/home.ts';
import type { StatementAnswer } from '../../../server/src/modules/incentive/dto.ts';
import type {
  CycleAnswer,
  CycleEvidenceAnswer,
  CycleListAnswer,
  CyclePeopleAnswer,
  CyclePersonAnswer,
} from '../../../server/src/modules/review/desk.dto.ts';
import type {
  Confirmed,
  DecisionMade,
  PublicationMade,
  PublishPreview,
  ReplyKept,
  Resent,
  Resolved,
} from '../../../server/src/modules/review/decision.dto.ts';
import type { DevelopmentAnswer, PersonFileAnswer } from '../../../server/src/modules/review/file.dto.ts';
import type { EvidenceAnswer, MatchAnswer } from '../../../server/src/modules/review/own.dto.ts';
import type { TeamAnswer } from '../../../server/src/modules/review/team.dto.ts';
import type { SessionAnswer } from '../../../server/src/modules/session/session-answer.ts';

/** Whatever the server may send the screens know: every field they read is there, every null is expected. */
type Known<Sent, Expected> = [Sent] extends [Expected] ? true : never;

/** Checked by the compiler: a pair that differs in a field, a unit's name or a null does not type-check. */
const agreed: {
  session: Known<SessionAnswer, Screens.SessionAnswer>;
  home: Known<HomeAnswer, Screens.HomeAnswer>;
  statement: Known<StatementAnswer, Screens.StatementAnswer>;
  match: Known<MatchAnswer, Screens.MatchAnswer>;
  evidence: Known<EvidenceAnswer, Screens.EvidenceAnswer>;
  cycles: Known<CycleListAnswer, Screens.CycleListAnswer>;
  cycle: Known<CycleAnswer, Screens.CycleAnswer>;
  people: Known<CyclePeopleAnswer, Screens.CyclePeopleAnswer>;
  person: Known<CyclePersonAnswer, Screens.CyclePersonAnswer>;
  cycleEvidence: Known<CycleEvidenceAnswer, Screens.CycleEvidenceAnswer>;
  development: Known<DevelopmentAnswer, Screens.DevelopmentAnswer>;
  team: Known<TeamAnswer, Screens.TeamAnswer>;
  file: Known<PersonFileAnswer, Screens.PersonFileAnswer>;
  preview: Known<PublishPreview, Screens.PublishPreview>;
  decided: Known<DecisionMade, Screens.DecisionMade>;
  confirmed: Known<Confirmed, Screens.Confirmed>;
  published: Known<PublicationMade, Screens.PublicationMade>;
  resolved: Known<Resolved, Screens.Resolved>;
  resent: Known<Resent, Screens.Resent>;
  replied: Known<ReplyKept, Screens.ReplyKept>;
} = {
  session: true,
  home: true,
  statement: true,
  match: true,
  evidence: true,
  cycles: true,
  cycle: true,
  people: true,
  person: true,
  cycleEvidence: true,
  development: true,
  team: true,
  file: true,
  preview: true,
  decided: true,
  confirmed: true,
  published: true,
  resolved: true,
  resent: true,
  replied: true,
};

test('every answer of the server is the one that the screens know', () => {
  expect(Object.values(agreed)).not.toContain(false);
});
