export { demoOrg } from './org/demo-org.ts';
export type { Edition, OrgAdminRoles, OrgCorp, OrgDepartment, OrgEmployee, OrgFile } from './org/org-file.ts';
