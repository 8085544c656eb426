/** A failure of the old host: HTTP 200 and an errcode. */
export class OldApiError extends Error {
  readonly errcode: number;
  /** Gateway errors of `/topapi/*` come wrapped as errcode 88 with the real code in `sub_code`. */
  readonly isGateway: boolean;
  constructor(errcode: number, errmsg: string, isGateway = false) {
    super(errmsg);
    this.errcode = errcode;
    this.isGateway = isGateway;
  }
}

/** A failure of the new host: an HTTP status and a code. */
export class NewApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: Record<string, unknown>;
  constructor(status: number, code: string, message: string, detail: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

export const badParameter = (): OldApiError => new OldApiError(400002, '无效的参数');
export const invalidArgument = (): OldApiError => new OldApiError(40035, '不合法的参数');
export const departmentMissing = (): OldApiError => new OldApiError(60003, '部门不存在');
export const personMissing = (): OldApiError => new OldApiError(60121, '找不到该用户');
export const badPageSize = (): OldApiError => new OldApiError(40069, '不合法的分页大小');
export const badOffset = (): OldApiError => new OldApiError(40068, '不合法的偏移量');
