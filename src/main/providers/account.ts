import type { RecordingUse } from '../../shared/providers/meta/api.ts';

/** One of our numbers and where its provider is reached. No secrets: keys and tokens live in the vault. */
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
  /** Missing = Meta records none of this number's calls for us. Not those that the relay carries: it accepts them. */
  recording?: RecordingUse | undefined;
}

/** The secret is the `D360-API-KEY`, which names the number. */
interface D360Account extends Common {
  provider: 'd360';
}

/** The secret is a number-scoped `ps_` key, which names the number. Only the user knows which kind it is of. */
export interface PilotAccount extends Common {
  provider: 'pilot-meta' | 'pilot-web';
  /** Web numbers: what the realtime socket carries. Documented nowhere, so it can be set; missing = 16 kHz, 20 ms. */
  audio?: { sampleRate: number; frameMs: number } | undefined;
}

/** The secret is an API key (`sk_` or `zrk_`); a second one may be the relay's address, see `ProviderOptions`. */
export interface ZernioAccount extends Common {
  provider: 'zernio';
  /** Zernio's id of the connected account. */
  zernioAccountId: string;
  /** `relay`: calls are forwarded to the relay's own media endpoint, and agents answer them in the softphone. */
  softphone?: 'relay' | undefined;
}
