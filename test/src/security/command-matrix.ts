import type { App, CommandName } from '@shigang/server';

/** Who acts: people of the demo company by what they are, jobs, and the command line without `--as`. */
export const ACTORS = [
  'employee',
  'manager',
  'hr',
  'hrAdmin',
  'auditor',
  'leaver',
  'operator',
  'system',
] as const;
export type Actor = (typeof ACTORS)[number];

const ADMINS: readonly Actor[] = ['hrAdmin', 'operator', 'system'];
const HR: readonly Actor[] = ['hr', ...ADMINS];
const HOUSE: readonly Actor[] = ['operator', 'system'];
const PEOPLE: readonly Actor[] = ['employee', 'manager', 'hr', 'hrAdmin', 'auditor'];

/** Command → who may; everybody else is refused. Written by hand, beside `access/abilities.ts` and not from it. */
export const COMMAND_MATRIX: Readonly<Record<CommandName, readonly Actor[]>> = {
  'settings.show': ADMINS,
  'settings.apply': ADMINS,
  'model.show': HR,
  'model.apply': ADMINS,
  'plan.show': HR,
  'plan.apply': ADMINS,
  import: ADMINS,
  template: ADMINS,
  employees: ADMINS,
  'profiles.rebuild': ADMINS,
  'incentives.compute': ADMINS,
  // The predicate says whose: `matrix.test.ts`.
  'explain.match': [...PEOPLE, ...HOUSE],
  'explain.incentive': [...PEOPLE, ...HOUSE],
  'cycle.run': ADMINS,
  'cycle.compute': ADMINS,
  'cycle.list': HR,
  'cycle.preview': HR,
  'cycle.decide': HR,
  'cycle.confirm': HR,
  'cycle.publish': HR,
  'cycle.close': HR,
  'cycle.resolve': HR,
  'cycle.resend': HR,
  // A person answers for himself; nobody does it for him.
  'cycle.reply': PEOPLE,
  'runs.list': HR,
  'runs.cancel': HR,
  sync: HOUSE,
  tick: HOUSE,
  'day.pass': HOUSE,
};

type Modules = App['modules'];
/** The desk's face stands inside the review's. */
type Faces = Modules & { readonly 'review.desk': Modules['review']['desk'] };
type Functions<Face> = {
  [Name in keyof Face & string]: Face[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof Face & string];
export type FaceFunction = {
  [Face in keyof Faces]: `${Face}.${Functions<Faces[Face]>}`;
}[keyof Faces];

/**
 * Every function of every module face: the command that it is; or `read` (asks the access predicate, or tells nothing
 * of people); or `part` (a piece of a command's own transaction, or of the machinery that no person reaches).
 * A function that is missing here does not compile.
 */
export const FACES: Readonly<Record<FaceFunction, CommandName | 'read' | 'part'>> = {
  'settings.current': 'read',
  'settings.showSettings': 'settings.show',
  'settings.applySettings': 'settings.apply',
  'org.listEmployees': 'employees',
  'session.signIn': 'part',
  'session.sessionOf': 'read',
  'session.rotate': 'part',
  'session.end': 'part',
  'session.endAll': 'part',
  'session.head': 'read',
  'facts.openWriter': 'part',
  'facts.hasDirtyMarks': 'read',
  'facts.openBatch': 'part',
  'facts.previewBatch': 'part',
  'facts.recordsOf': 'read',
  'facts.finishLeftRuns': 'part',
  'facts.hasLeftRuns': 'read',
  'match.applyRoleModel': 'model.apply',
  'match.showRoleModel': 'model.show',
  'match.rebuildProfiles': 'profiles.rebuild',
  'match.startRebuild': 'profiles.rebuild',
  'match.rebuildChanged': 'profiles.rebuild',
  'match.hasChanged': 'read',
  'match.liveFigures': 'read',
  'incentive.applyPlan': 'plan.apply',
  'incentive.showPlan': 'plan.show',
  'incentive.computeStatements': 'incentives.compute',
  'incentive.chunksOf': 'read',
  'incentive.computeChunk': 'incentives.compute',
  'incentive.recomputeChanged': 'incentives.compute',
  'incentive.explain': 'explain.incentive',
  'incentive.statementOf': 'read',
  'incentive.homeStatement': 'read',
  'incentive.latestPeriod': 'read',
  'incentive.periodsOf': 'read',
  'notice.tell': 'part',
  'notice.takeBack': 'part',
  'notice.toldFacts': 'read',
  'notice.markSeen': 'part',
  'notice.resend': 'part',
  'notice.mayTellAgain': 'read',
  'notice.adoptEarlier': 'part',
  'approval.ask': 'part',
  'approval.openGate': 'part',
  'approval.withdraw': 'part',
  'approval.transfer': 'part',
  'approval.reconcile': 'sync',
  'development.plan': 'part',
  'development.cancel': 'part',
  'development.planOf': 'read',
  'development.dueDay': 'read',
  'development.settlePassed': 'day.pass',
  'development.retryTodos': 'day.pass',
  'cycle.run': 'cycle.run',
  'cycle.start': 'cycle.run',
  'cycle.startRun': 'cycle.run',
  'cycle.progress': 'read',
  'cycle.chunksToDo': 'read',
  'cycle.unfinished': 'read',
  'cycle.hasUnfinished': 'read',
  'cycle.computeChunk': 'cycle.compute',
  'cycle.finishCompute': 'cycle.compute',
  'cycle.freezeEvidence': 'part',
  'cycle.list': 'read',
  'cycle.visible': 'read',
  'cycle.memberFigures': 'read',
  'cycle.explain': 'explain.match',
  'roleChange.plan': 'part',
  'roleChange.offer': 'part',
  'roleChange.replace': 'part',
  'roleChange.keepReturned': 'part',
  'roleChange.openGateIfComplete': 'part',
  'roleChange.reply': 'cycle.reply',
  'roleChange.resolve': 'cycle.resolve',
  'roleChange.passDay': 'day.pass',
  'review.runCycle': 'cycle.run',
  'review.decide': 'cycle.decide',
  'review.confirmAll': 'cycle.confirm',
  'review.publish': 'cycle.publish',
  'review.close': 'cycle.close',
  'review.reply': 'cycle.reply',
  'review.show': 'cycle.list',
  // Its predicate leaves nothing to whom it does not concern; the command asks `show` first.
  'review.tierList': 'read',
  'review.team': 'read',
  'review.desk.board': 'read',
  'review.desk.people': 'read',
  'review.desk.person': 'read',
  'review.desk.decide': 'cycle.decide',
  'review.desk.confirmAll': 'cycle.confirm',
  'review.desk.preview': 'cycle.preview',
  'review.desk.publish': 'cycle.publish',
  'review.desk.resend': 'cycle.resend',
  'evidence.ownMatch': 'read',
  'evidence.homeMatch': 'read',
  'evidence.homeDevelopment': 'read',
  'evidence.ownEvidence': 'read',
  'evidence.ownDevelopment': 'read',
  'evidence.cycleEvidence': 'read',
  'evidence.personFile': 'read',
  'intake.importFile': 'import',
  'intake.writeTemplate': 'template',
  'ops.listRuns': 'runs.list',
  'ops.showRun': 'runs.list',
  'ops.cancelRun': 'runs.cancel',
  'sync.run': 'sync',
  'relay.drain': 'part',
  'inboxReader.receive': 'part',
  'inboxReader.hasDue': 'read',
  'inboxReader.drain': 'part',
};
