import type { NumberState } from '../../shared/ipc/contacts.ts';
import type { RecordingUse } from '../../shared/providers/meta/api.ts';
import type { Account } from '../providers/account.ts';

/**
 * What Meta records of a number's calls: the setting made here, else the profile's. Undefined for
 * other providers.
 *
 * @param mayRecord whether the organisation allows any recording
 */
export function recordingOf(
  account: Account,
  { recording }: Pick<NumberState, 'recording'>,
  mayRecord: boolean,
): RecordingUse | 'off' | undefined {
  if (account.provider !== 'meta') return undefined;
  return mayRecord ? (recording ?? account.recording ?? 'off') : 'off';
}
