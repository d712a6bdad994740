import { recordingKeyOf } from '../../recording/keys.ts';
import { recordingPolicyOf } from '../config/recording.ts';
import type { RelayConfig } from '../config/schema.ts';
import { Bucket } from './bucket.ts';
import { RelayRecordings, type RelayRecordingsPorts } from './relay-recordings.ts';

/** The recordings of a relay, as its config says where they are. */
export function openRelayRecordings(
  config: Pick<RelayConfig, 'accounts' | 'recording'>,
  ports: Pick<RelayRecordingsPorts, 'holds' | 'erased' | 'clock' | 'log'>,
): RelayRecordings {
  const { folder, key, oldKeys, s3 } = config.recording;
  return new RelayRecordings({
    folder,
    keys:
      key === undefined
        ? undefined
        : { key: recordingKeyOf(key), oldKeys: oldKeys.map((old) => recordingKeyOf(old.key)) },
    bucket: s3 && new Bucket(s3),
    policyOf: (accountId) => recordingPolicyOf(config, accountId),
    ...ports,
  });
}
