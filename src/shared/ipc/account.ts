import type { Capabilities } from '../providers/capabilities.ts';
import type { MediaPath } from '../providers/media-path.ts';
import type { RecordingPolicy } from '../recording/policy.ts';
import type { ProviderId } from '../rules/data/providers.ts';
import type { Finding } from '../rules/findings.ts';

/** One of our numbers; no secrets. */
export interface AccountView {
  id: string;
  provider: ProviderId;
  label: string;
  /** E.164 with `+`. */
  number: string;
  capabilities: Capabilities;
  /** The media path of its calls; only relayed calls can be put on hold and transferred. */
  path: MediaPath;
  /** Who records its calls. */
  recorded: RecordingPolicy['by'];
  /** False if its access token could not be read from the vault. */
  ready: boolean;
  /** What is wrong with the number itself, most severe first. */
  findings: readonly Finding[];
}
