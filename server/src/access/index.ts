export { abilities, may, type Ability, type AccessRole } from './abilities.ts';
export { assertMay, commands, type CommandName } from './commands.ts';
export { loadViewer, withSubDepartments, type AccessSettings } from './load-viewer.ts';
export { visibleEmployees, type PersonalData, type Predicate } from './predicates.ts';
export { nobody, operatorViewer, systemViewer, type Viewer } from './viewer.ts';
