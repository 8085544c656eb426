import { Refusal } from '../parse/refusal.ts';
import type { RowReader } from '../row-reader.ts';
import type { DayString } from '@shigang/shared';
import type { Kind } from './kind.ts';

const MAX_NAME = 128;
const MAX_SUBJECT = 255;
/** Characters of a feedback text: fits the column in any script. */
const MAX_FEEDBACK = 10_000;
const SATISFACTION = { places: 1, min: 0, max: 10 };

const feedback: Kind<'feedback'> = {
  keyField: 'feedback_id',
  keyOf: (entry) => entry.feedbackId,
  read(row) {
    const feedbackId = row.id('feedback_id');
    const givenOn = row.requiredDay('given_on');
    const userId = row.employee('employee', givenOn);
    const scoreTenths = row.bounded('score', SATISFACTION);
    const text = row.text('text', MAX_FEEDBACK);
    if (scoreTenths === null && text === null) row.refuse('score', new Refusal('required'));
    return { feedbackId, userId, customer: row.text('customer', MAX_NAME), givenOn, scoreTenths, text };
  },
};

const collaborations: Kind<'collaborations'> = {
  keyField: 'collaboration_id',
  keyOf: (request) => request.collaborationId,
  read(row) {
    const collaborationId = row.id('collaboration_id');
    const times = readTimes(row);
    const userId = row.employee('employee', times.requestedAt.slice(0, 10) as DayString);
    const solved = row.yesNo('solved');
    if (times.resolvedAt !== null) row.require('solved', solved);
    return {
      collaborationId,
      userId,
      toDepartment: row.text('to_department', MAX_NAME),
      subject: row.text('subject', MAX_SUBJECT),
      ...times,
      solved,
    };
  },
};

/** Requested ≤ responded ≤ resolved, as far as they are known. */
function readTimes(row: RowReader): {
  requestedAt: string;
  respondedAt: string | null;
  resolvedAt: string | null;
} {
  const requestedAt = row.require('requested_at', row.moment('requested_at'));
  const respondedAt = row.moment('responded_at');
  const resolvedAt = row.moment('resolved_at');
  row.inOrder(requestedAt, 'responded_at', respondedAt, '发起时间');
  row.inOrder(requestedAt, 'resolved_at', resolvedAt, '发起时间');
  row.inOrder(respondedAt, 'resolved_at', resolvedAt, '响应时间');
  return { requestedAt: requestedAt ?? `${row.today} 00:00:00`, respondedAt, resolvedAt };
}

export const service = { feedback, collaborations };
