import type { NumberState } from '../../shared/ipc/contacts.ts';
import type { RecordingUse } from '../../shared/providers/meta/api.ts';
import type { Account } from '../providers/account.ts';

/**
 * What Meta records of a number's calls: the setting made here, else the profile's. Undefined for
 * other providers.
 */
export function recordingOf(
  account: Account,
  { recording }: Pick<NumberState, 'recording'>,
): RecordingUse | 'off' | undefined {
  return account.provider === 'meta' ? (recording ?? account.recording ?? 'off') : undefined;
}
