import type { Platform } from './app.ts';
import { monthlyQuota } from './dingtalk/index.ts';
import { createApproval, type ApprovalModule } from './modules/approval/index.ts';
import { createCycle, type CycleModule } from './modules/cycle/index.ts';
import { createDevelopment, type DevelopmentModule } from './modules/development/index.ts';
import { createEvidence, type EvidenceModule } from './modules/evidence/index.ts';
import { createFacts, type Facts } from './modules/facts/index.ts';
import { createIncentive, lockedQuarters, type Incentive } from './modules/incentive/index.ts';
import { createIntake, type Intake } from './modules/intake/index.ts';
import { createMatch, type Match } from './modules/match/index.ts';
import { createNotice, noticeEntities, type NoticeModule } from './modules/notice/index.ts';
import { createOps, type Ops } from './modules/ops/index.ts';
import { createOrg, orgEntities, type Org } from './modules/org/index.ts';
import { createReview, decidedSuggestions, isInForce, type Review } from './modules/review/index.ts';
import { createRoleChange, roleChangeState, type RoleChangeModule } from './modules/role-change/index.ts';
import { createSession, sessionEntities, type SessionModule } from './modules/session/index.ts';
import { createSettings, type SettingsModule } from './modules/settings/index.ts';
import { createSync, type Sync } from './modules/sync/index.ts';
import { News } from './platform/events/index.ts';
import { Inbox } from './platform/inbox/inbox.ts';
import { InboxReader } from './platform/inbox/reader.ts';
import { OutboxRelay } from './platform/outbox/relay.ts';

/** The faces of all modules, built in the order in which they may know each other. */
export interface Modules {
  readonly settings: SettingsModule;
  readonly org: Org;
  readonly session: SessionModule;
  readonly facts: Facts;
  readonly match: Match;
  readonly incentive: Incentive;
  readonly notice: NoticeModule;
  readonly approval: ApprovalModule;
  readonly development: DevelopmentModule;
  readonly cycle: CycleModule;
  readonly roleChange: RoleChangeModule;
  readonly review: Review;
  readonly evidence: EvidenceModule;
  readonly intake: Intake;
  readonly ops: Ops;
  /** Needs DingTalk. */
  readonly sync: Sync;
  /** Sends what is due; needs DingTalk. */
  readonly relay: OutboxRelay;
  /** Takes in and applies what DingTalk tells; needs DingTalk. */
  readonly inboxReader: InboxReader;
}

/** Entities of all modules, for the data source. */
export const entities = [...orgEntities, ...sessionEntities, ...noticeEntities];

export function createModules(platform: Platform): Modules {
  const { db, clock, audit, log, outbox, jobRuns } = platform;
  const inbox = new Inbox(db, clock);
  const settings = createSettings(platform);
  const session = createSession(platform);
  const facts = createFacts({ db, clock, lockedQuarters });
  const news = new News(outbox);
  const outward = {
    ...{ db, clock, audit, log, outbox, news, settings, config: platform.config },
    // What a later module keeps and an earlier one has to know is handed in as a question.
    ...{ isInForce, roleChangeState },
    // Throws where a process was built without it, so it is reached for only when it is used.
    get dingtalk() {
      return platform.dingtalk;
    },
  };
  const notice = createNotice(outward);
  const approval = createApproval(outward);
  const development = createDevelopment(outward);
  const match = createMatch({ db, clock, audit, settings, jobRuns });
  const cycle = createCycle({ db, clock, audit, settings, facts, jobRuns, decidedSuggestions });
  const roleChange = createRoleChange({ db, clock, audit, settings, approval, development });
  const review = createReview({
    ...{ db, clock, audit, outbox, settings, notice, development, cycle, roleChange, monthlyQuota },
  });
  const sync = createSync({
    ...{ db, clock, log, news },
    get dingtalk() {
      return platform.dingtalk;
    },
    endSessions: (tx, userIds) => session.endAll(tx, userIds),
    reconcileApprovals: (viewer) => approval.reconcile(viewer),
  });
  news.connect({
    told: [...notice.tells, ...approval.tells, ...sync.tells],
    listeners: roleChange.listeners,
  });
  return {
    ...{ settings, session, facts },
    org: createOrg(platform),
    match,
    incentive: createIncentive({ db, clock, audit, settings }),
    ...{ notice, approval, development, cycle, roleChange, review },
    evidence: createEvidence({ db, clock, audit, facts, match, notice, development, cycle, roleChange }),
    intake: createIntake({
      ...{ db, clock, audit, facts, settings },
      lookUpMobile: (mobile) => platform.dingtalk.for('import').contact.userIdByMobile(mobile),
    }),
    ops: createOps({ db, jobRuns }),
    sync,
    relay: new OutboxRelay(
      outbox,
      [...notice.senders, ...approval.senders, ...development.senders, ...news.senders],
      log,
    ),
    inboxReader: new InboxReader(inbox, [...approval.inboxHandlers, ...sync.inboxHandlers], log),
  };
}
