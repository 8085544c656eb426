import { salesRoleNames } from '@shigang/shared';
import { Choice } from '../parse/texts.ts';
import type { RowReader } from '../row-reader.ts';
import { joined, type Kind } from './kind.ts';

const MAX_COURSE = 128;
const MAX_DIMENSION = 64;
const SCORE = { places: 4, min: 0, max: 100 };
const DAY_PART = { places: 4, min: 0, max: 1 };
const roleChoice = new Choice(salesRoleNames);

const roles: Kind<'roles'> = {
  keyField: 'employee',
  keyOf: (entry) => joined(entry.userId, entry.validFrom),
  read(row) {
    const validFrom = row.requiredDay('valid_from');
    const userId = row.employee('employee', validFrom);
    return {
      userId,
      validFrom,
      role: row.require('role', row.choice('role', roleChoice)) ?? 'small_account',
    };
  },
};

const trainings: Kind<'trainings'> = {
  keyField: 'course',
  keyOf: (entry) => joined(entry.userId, entry.course, entry.finishedOn),
  read(row) {
    const finishedOn = row.requiredDay('finished_on');
    const userId = row.employee('employee', finishedOn);
    const course = row.requiredText('course', MAX_COURSE);
    return { userId, course, finishedOn, passed: row.require('passed', row.yesNo('passed')) ?? false };
  },
};

const assessments: Kind<'assessments'> = {
  keyField: 'dimension',
  keyOf: (entry) => joined(entry.userId, entry.dimension, entry.takenOn),
  read(row) {
    const takenOn = row.requiredDay('taken_on');
    const userId = row.employee('employee', takenOn);
    const dimension = row.requiredText('dimension', MAX_DIMENSION);
    return {
      userId,
      dimension,
      takenOn,
      scoreTenThousandths: row.require('score', row.bounded('score', SCORE)) ?? 0,
    };
  },
};

const attendance: Kind<'attendance'> = {
  keyField: 'date',
  keyOf: (entry) => joined(entry.userId, entry.day),
  read(row) {
    const day = row.requiredDay('date');
    return {
      userId: row.employee('employee', day),
      day,
      scheduledTenThousandths: dayPart(row, 'scheduled'),
      workedTenThousandths: dayPart(row, 'worked'),
      leaveTenThousandths: row.bounded('leave', DAY_PART) ?? 0,
    };
  },
};

const dayPart = (row: RowReader, name: string): number => row.require(name, row.bounded(name, DAY_PART)) ?? 0;

export const people = { roles, trainings, assessments, attendance };
