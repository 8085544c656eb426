export { demoOrg } from './org/demo-org.ts';
export { generateOrg } from './org/generate-org.ts';
export type { Edition, OrgAdminRoles, OrgCorp, OrgDepartment, OrgEmployee, OrgFile } from './org/org-file.ts';
export { loadOrgFile, OrgFileError } from './org/read-org-file.ts';
export type { Simulator, SimulatorOptions } from './simulator.ts';
export { startSimulator } from './simulator.ts';
