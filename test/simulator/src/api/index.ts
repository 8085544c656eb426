import { departmentRoutes } from './departments.ts';
import { hrmRoutes } from './hrm.ts';
import { leaveRecordRoutes } from './leave-records.ts';
import { loginRoutes } from './login.ts';
import { roleRoutes } from './roles.ts';
import type { ApiRoute } from './route.ts';
import { userRoutes } from './users.ts';
import { workNoticeRoutes } from './work-notices.ts';

/** Every call that the make-believe DingTalk answers. */
export const apiRoutes: ApiRoute[] = [
  ...loginRoutes,
  ...departmentRoutes,
  ...userRoutes,
  ...roleRoutes,
  ...leaveRecordRoutes,
  ...hrmRoutes,
  ...workNoticeRoutes,
];
