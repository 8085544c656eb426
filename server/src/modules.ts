import type { Platform } from './app.ts';
import { createFacts, type Facts } from './modules/facts/index.ts';
import { createIncentive, type Incentive } from './modules/incentive/index.ts';
import { createIntake, type Intake } from './modules/intake/index.ts';
import { createMatch, type Match } from './modules/match/index.ts';
import { createNotice, noticeEntities, type NoticeModule } from './modules/notice/index.ts';
import { createOrg, orgEntities, type Org } from './modules/org/index.ts';
import { createReview, type Review } from './modules/review/index.ts';
import { createSession, sessionEntities, type SessionModule } from './modules/session/index.ts';
import { createSettings, type SettingsModule } from './modules/settings/index.ts';
import { createSync, type Sync } from './modules/sync/index.ts';
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
  readonly review: Review;
  readonly intake: Intake;
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
  const { db, clock, audit, log, outbox } = platform;
  const inbox = new Inbox(db, clock);
  const settings = createSettings(platform);
  const session = createSession(platform);
  const facts = createFacts(platform);
  const notice = createNotice(platform);
  return {
    settings,
    org: createOrg(platform),
    session,
    facts,
    match: createMatch({ db, clock, audit, settings }),
    incentive: createIncentive({ db, clock, audit, settings }),
    notice,
    review: createReview({ db, clock, audit, outbox, settings, facts }),
    intake: createIntake({
      db,
      clock,
      audit,
      facts,
      settings,
      lookUpMobile: (mobile) => platform.dingtalk.for('import').contact.userIdByMobile(mobile),
    }),
    get sync() {
      const endSessions: typeof session.endAll = (tx, userIds) => session.endAll(tx, userIds);
      return createSync({ db, dingtalk: platform.dingtalk, clock, log, endSessions });
    },
    relay: new OutboxRelay(outbox, notice.senders, log),
    inboxReader: new InboxReader(inbox, [], log),
  };
}
