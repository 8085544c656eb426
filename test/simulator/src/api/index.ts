import { approvalFormRoutes } from './approvals/approval-forms.ts';
import { approvalRoutes } from './approvals/approvals.ts';
import { departmentRoutes } from './departments.ts';
import { hrmRoutes } from './hrm.ts';
import { leaveRecordRoutes } from './leave-records.ts';
import { loginRoutes } from './login.ts';
import { roleRoutes } from './roles.ts';
import type { ApiRoute } from './gateway/route.ts';
import { streamRoutes } from './stream.ts';
import { todoRoutes } from './todos.ts';
import { transferRoutes } from './transfer.ts';
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
  ...transferRoutes,
  ...workNoticeRoutes,
  ...approvalFormRoutes,
  ...approvalRoutes,
  ...todoRoutes,
  ...streamRoutes,
];
