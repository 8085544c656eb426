export { loadViewer, withSubDepartments, type AccessSettings } from './load-viewer.ts';
export { visibleEmployees, type PersonalData, type Predicate } from './predicates.ts';
export { may, nobody, operatorViewer, systemViewer, type Ability, type Viewer } from './viewer.ts';
