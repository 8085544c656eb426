import type { Command } from 'commander';
import { salesRoleNames } from '@shigang/shared';
import { runCommand, viewerFor, type CommandOptions } from '../context.ts';
import { table } from '../table.ts';

export const registerEmployees = (program: Command): void => {
  program
    .command('employees')
    .description('everyone known, leavers too')
    .option('--json')
    .option('--as <userid>')
    .action((options: CommandOptions) =>
      runCommand(
        options,
        ['database'],
        async (app) => ({ employees: await app.modules.org.listEmployees(await viewerFor(app, options)) }),
        ({ employees }) =>
          table(
            ['userid', '姓名', '工号', '部门编号', '岗位', '入职', '离职'],
            employees.map((one) => [
              one.userId,
              one.name,
              one.jobNumber,
              one.departments.join('、'),
              one.role === null ? null : salesRoleNames[one.role],
              one.hiredOn,
              one.leftOn,
            ]),
          ),
      ),
    );
};
