import { flagOf } from './calling/answer.ts';
import type { Caller } from './calling/caller.ts';
import { CALLS } from './calling/calls.ts';
import { DingTalkError } from './calling/errors.ts';
import { official, type OfficialClients } from './calling/official-client.ts';

export interface Transfer {
  readonly userId: string;
  /** The one department afterwards; null: the person's departments stay. */
  readonly deptId: number | null;
  /** At most 124 characters; by name, as long as the organisation's position field is not upgraded (职位升级). */
  readonly positionName: string;
  readonly operatorUserId: string;
}

/** Processes of Smart HR. Exempt from the quota. */
export class HrProcessApi {
  readonly #caller: Caller;
  readonly #clients: OfficialClients;

  constructor(caller: Caller, clients: OfficialClients) {
    this.#caller = caller;
    this.#clients = clients;
  }

  /**
   * Transfers a person (调岗) at once; never repeated here: the address book tells whether it took place.
   * @throws DingTalkError `positionIdInvalid` where positions go by id, `mainDeptIdInvalid`, `invalidParameter`
   */
  async transfer({ userId, deptId, positionName, operatorUserId }: Transfer): Promise<void> {
    const call = CALLS.transfer;
    const { module, client, runtime } = await this.#clients.hrm();
    const request = new module.HrmProcessTransferRequest({
      userId,
      ...(deptId === null ? {} : { deptIdsAfterTransfer: [deptId], mainDeptIdAfterTransfer: deptId }),
      positionNameAfterTransfer: positionName,
      operateUserId: operatorUserId,
    });
    const body = await this.#caller.run(call, (token) => {
      const headers = new module.HrmProcessTransferHeaders({ xAcsDingtalkAccessToken: token });
      return official(call, () => client.hrmProcessTransferWithOptions(request, headers, runtime));
    });
    if (!flagOf({ ...body }, 'result')) {
      throw new DingTalkError({
        trouble: 'broken_answer',
        dingtalkCode: '',
        api: call.path,
        message: 'result is not true',
      });
    }
  }
}
