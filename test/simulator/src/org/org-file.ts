/**
 * The organisation file: the form in which a make-believe company is written down.
 *
 * Days are `YYYY-MM-DD` in Asia/Shanghai. `leftOn` is the last working day: a person is in the address book up to
 * its end and a leaver from the next day on. The first department of a person is the main one.
 */
export interface OrgFile {
  corp: OrgCorp;
  departments: OrgDepartment[];
  employees: OrgEmployee[];
  adminRoles?: OrgAdminRoles;
  attendance?: { schedule?: string; seed?: number };
}

export type Edition = 'standard' | 'professional';

export interface OrgCorp {
  corpId: string;
  name: string;
  edition?: Edition;
}

export interface OrgDepartment {
  id: number;
  name: string;
  parent: number | null;
  managers?: string[];
}

export type LeftKind = 'voluntary' | 'involuntary';

export interface OrgEmployee {
  userid: string;
  name: string;
  departments: number[];
  jobNumber?: string | null;
  mobile?: string | null;
  title?: string | null;
  manager?: string | null;
  hiredOn?: string | null;
  leftOn?: string | null;
  leftKind?: LeftKind | null;
  leftReason?: string | null;
  gender?: 'male' | 'female' | null;
  birthYear?: number | null;
}

/** Become DingTalk roles named HR, HR管理员 and 审计. */
export interface OrgAdminRoles {
  hr?: string[];
  hrAdmin?: string[];
  auditor?: string[];
}
