/** Modules in the order in which they may know each other: an entry may import those of its own or an earlier rank. */
const MODULE_RANKS = [
  ['settings'],
  ['org', 'session'],
  ['facts', 'attendance', 'assessment'],
  ['profile'],
  ['match', 'incentive'],
  ['notice', 'approval'],
  ['development'],
  ['cycle'],
  ['role-change'],
  ['review'],
  ['evidence'],
  ['intake', 'sync'],
  ['retention', 'privacy', 'ops'],
];

module.exports = { MODULE_RANKS };
