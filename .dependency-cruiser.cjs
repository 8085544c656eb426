// Who may import whom. Tests, scripts and benches may import everything; nothing but they may import `test`.
const { MODULE_RANKS: RANKS } = require('./scripts/module-ranks.cjs');

const test = '\\.test\\.tsx?$';
const from = (path, extra = []) => ({ path, pathNot: [test, ...extra] });
const rule = (name, comment, fromPart, toPart) => ({
  name,
  comment,
  severity: 'error',
  from: fromPart,
  to: toPart,
});

/** Entities refer to each other both ways: typeorm relations are circular by nature. */
const ENTITY = '\\.entity\\.ts$';
const WORKSPACES = '^(shared|migrations|server|jobs|miniapp|test)/';

const later = (rank) => RANKS.slice(rank + 1).flat();
const rankRules = RANKS.slice(0, -1).map((names, rank) =>
  rule(
    `module-order-${names[0]}`,
    'Modules know only those before them; what flows back goes through the outbox.',
    from(`^server/src/modules/(${names.join('|')})/`),
    { path: `^server/src/modules/(${later(rank).join('|')})/`, pathNot: ENTITY },
  ),
);

module.exports = {
  forbidden: [
    rule(
      'no-circular',
      'A cycle has no first part that could be read alone.',
      { pathNot: [test, ENTITY] },
      {
        circular: true,
        viaOnly: { pathNot: ENTITY, dependencyTypesNot: ['type-only'] },
      },
    ),
    rule('shared-pure', 'Rules run unchanged in server, workers and browser.', from('^shared/src'), {
      dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
    }),
    rule('shared-alone', 'Rules depend on nothing.', from('^shared/src'), {
      path: WORKSPACES,
      pathNot: '^shared/src',
    }),
    rule('migrations-alone', 'An old migration must not change when code does.', from('^migrations/src'), {
      path: WORKSPACES,
      pathNot: '^migrations/src',
    }),
    rule('platform-below', 'The platform knows no business.', from('^server/src/(platform|config)/'), {
      path: '^server/src/(modules|dingtalk|audit)/',
    }),
    rule(
      'platform-below-access',
      'Only what answers requests asks the access policy, before anything else is looked at.',
      from('^server/src/(platform|config)/', ['^server/src/platform/http/']),
      { path: '^server/src/access/' },
    ),
    rule('dingtalk-below', 'The gateway knows DingTalk, not our modules.', from('^server/src/dingtalk/'), {
      path: '^server/src/(modules|access|audit)/',
    }),
    rule(
      'dingtalk-clients',
      'One place talks to DingTalk.',
      from('^(server|jobs|shared|migrations)/', ['^server/src/dingtalk/']),
      {
        path: 'node_modules/(@alicloud|dingtalk-stream)',
      },
    ),
    rule(
      'access-below',
      'Who may see what depends on the organisation only.',
      from('^server/src/(access|audit)/'),
      {
        path: '^server/src/modules/',
        pathNot: '^server/src/modules/org/[^/]+\\.entity\\.ts$',
      },
    ),
    rule(
      'dingtalk-users',
      'Only what speaks to DingTalk may import the gateway.',
      from('^server/src/modules/', ['^server/src/modules/(session|sync|notice|approval|development|ops)/']),
      {
        path: '^server/src/dingtalk/',
      },
    ),
    rule(
      'module-face',
      'A module is known by its face (index.ts) and its entities.',
      from('^server/src/modules/([^/]+)/'),
      {
        path: '^server/src/modules/([^/]+)/',
        pathNot: ['^server/src/modules/$1/', '^server/src/modules/[^/]+/index\\.ts$', ENTITY],
      },
    ),
    rule(
      'entity-plain',
      'An entity is a description of a table.',
      { path: ENTITY },
      {
        pathNot: ['^node_modules/(typeorm|reflect-metadata)/', '^shared/src', ENTITY],
      },
    ),
    rule(
      'routes-thin',
      'A route calls commands and queries; it does not reach into tables.',
      from('routes\\.ts$'),
      {
        path: ['^node_modules/typeorm/', ENTITY],
      },
    ),
    rule('jobs-top', 'A handler calls the same face as a route.', from('^jobs/src'), {
      path: ['routes\\.ts$', ENTITY, '^miniapp/'],
    }),
    rule(
      'jobs-not-imported',
      'Jobs are the top of the graph.',
      { path: '^(shared|migrations|server|miniapp|test/simulator)/', pathNot: test },
      {
        path: '^jobs/',
      },
    ),
    rule(
      'simulator-one-door',
      'A production install leaves the simulator out.',
      from('^(shared|migrations|server|jobs|miniapp)/', ['^jobs/src/cli/']),
      {
        path: '^test/simulator/',
      },
    ),
    rule(
      'test-only-by-tests',
      'Nothing that ships depends on tests.',
      from('^(shared|migrations|server|jobs|miniapp|test/simulator)/'),
      {
        path: '^test/(?!simulator/)',
      },
    ),
    rule('miniapp-alone', 'Screens know types and rules, not the server.', from('^miniapp/src'), {
      path: '^(server|jobs|migrations|test)/',
    }),
    rule(
      'miniapp-screens-apart',
      "A screen does not reach into another's parts.",
      from('^miniapp/src/screens/([^/]+/[^/]+)/'),
      {
        path: '^miniapp/src/screens/',
        pathNot: '^miniapp/src/screens/$1/',
      },
    ),
    rule(
      'miniapp-order',
      'entries → screens → desk or staff → widgets → api.',
      from('^miniapp/src/(widgets|charts|api)/'),
      {
        path: '^miniapp/src/(screens|entries|desk|staff)/',
      },
    ),
    rule(
      'miniapp-order-frames',
      'A frame knows no screen: entries put the screens into it.',
      from('^miniapp/src/(desk|staff)/'),
      { path: '^miniapp/src/(screens|entries)/' },
    ),
    rule('miniapp-order-screens', 'entries put screens together.', from('^miniapp/src/screens/'), {
      path: '^miniapp/src/entries/',
    }),
    rule(
      'miniapp-staff-apart',
      'Staff pages are Preact on the server, the desk is React in the browser.',
      from('^miniapp/src/(staff|screens/staff)/'),
      { path: '^miniapp/src/(desk|screens/hr)/' },
    ),
    rule('miniapp-desk-apart', 'The desk draws no staff page.', from('^miniapp/src/(desk|screens/hr)/'), {
      path: '^miniapp/src/(staff|screens/staff)/',
    }),
    rule(
      'simulator-alone',
      'Simulator and product must not share one misreading of DingTalk.',
      from('^test/simulator/'),
      {
        path: WORKSPACES,
        pathNot: '^test/simulator/',
      },
    ),
    ...rankRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.local)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['shigang-source', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
