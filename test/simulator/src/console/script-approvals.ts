/** The pane of all approvals that wait for somebody, whoever is chosen. */
export const approvalsScript = `
function showApprovals(approvals) {
  $('approval-count').textContent = approvals.length + ' 件进行中';
  const box = $('approvals');
  const scroll = box.scrollTop;
  const focused = document.activeElement && document.activeElement.dataset.approval;
  box.replaceChildren(...(approvals.length ? approvals.map(approvalRow) : [node('p', { class: 'none' }, '没有进行中的审批')]));
  box.scrollTop = scroll;
  if (focused) { const again = box.querySelector('[data-approval="' + CSS.escape(focused) + '"]'); if (again) again.focus(); }
  document.querySelector('.remark').hidden = approvals.length === 0;
}

function approvalRow(approval) {
  const asked = approval.asked.map((person) => person.name).join('、');
  return node('div', { class: 'approval' }, node('b', { title: approval.title }, approval.title),
    node('small', { title: approval.code + ' · ' + approval.id }, asked + '处理 · ' + approval.starter + '发起'),
    paneButton(approval, 'refuse'), paneButton(approval, 'agree'));
}

function paneButton(approval, result) {
  const [first] = approval.asked;
  return node('button', { type: 'button', class: result === 'agree' ? 'primary' : undefined, 'data-approval': approval.id + result,
    'aria-label': ACTIONS[result] + '：' + approval.title + '（' + (first ? first.name : '') + '）', onclick: once(async () => {
      await decide(approval.id, result, { userId: first && first.userid, remark: $('approval-remark').value || undefined });
      $('approval-remark').value = '';
      await refresh();
    }) }, ACTIONS[result]);
}
`;
