import type { AccountView, Permission } from '../../../shared/ipc/model.ts';
import type { PhoneProblem } from '../../../shared/lib/phone.ts';
import type { Connection } from '../../../shared/relay/connection.ts';
import { phoneProblems, words } from '../../words.ts';

interface Situation {
  account: AccountView | undefined;
  connection: Connection;
  busy: boolean;
  problem: PhoneProblem | undefined;
  permission: Permission | undefined;
  lookingUp: boolean;
}

/** Why Call cannot work now, in words; undefined if it can. */
export function callBlock(now: Situation): string | undefined {
  if (!now.account) return words.blockNoAccount;
  if (!now.account.ready) return words.blockNoToken;
  if (now.busy) return words.blockBusy;
  if (now.problem !== undefined) return phoneProblems[now.problem];
  if (now.connection.state === 'offline') return words.blockOffline;
  // Without the relay nothing would tell us that the customer has answered.
  if (now.connection.state !== 'connected') return words.blockNoRelay;
  if (now.lookingUp) return words.blockLookingUp;
  if (now.permission && !now.permission.call.allowed) {
    return now.permission.status === 'none' ? words.blockNoPermission : words.blockLimit;
  }
  return undefined;
}
