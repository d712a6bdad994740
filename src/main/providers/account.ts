import type { RecordingUse } from '../../shared/providers/meta/api.ts';

/** One of our numbers and its provider's address. No secrets: keys and tokens are in the vault. */
export type Account = MetaAccount | D360Account | PilotAccount | ZernioAccount;

interface Common {
  id: string;
  label: string;
  /** E.164 with `+`. */
  number: string;
  /** Root of the provider's API without a version; missing = the provider's own. */
  apiBase?: string | undefined;
}

/** The secret is a Graph API access token. */
export interface MetaAccount extends Common {
  provider: 'meta';
  phoneNumberId: string;
  wabaId: string;
  /** E.g. `v26.0`; missing = the version this app was built for. */
  apiVersion?: string | undefined;
  /** Missing = Meta records no calls of this number. Relayed calls are the relay's to record. */
  recording?: RecordingUse | undefined;
}

/** The secret is the `D360-API-KEY`, which belongs to one number. */
interface D360Account extends Common {
  provider: 'd360';
}

/** The secret is a number-scoped `ps_` key. Only the user knows which kind of number it is. */
export interface PilotAccount extends Common {
  provider: 'pilot-meta' | 'pilot-web';
  /** Web numbers: the realtime socket's undocumented audio format; missing = 16 kHz, 20 ms. */
  audio?: { sampleRate: number; frameMs: number } | undefined;
}

/**
 * The secret is an API key (`sk_` or `zrk_`). `ProviderOptions.relayAddress` contains a second
 * secret.
 */
export interface ZernioAccount extends Common {
  provider: 'zernio';
  /** Zernio's id of the connected account. */
  zernioAccountId: string;
  /** `relay`: calls are forwarded to the relay, and agents answer them in the softphone. */
  softphone?: 'relay' | undefined;
}
