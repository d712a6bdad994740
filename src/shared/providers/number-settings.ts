import type { CallHours } from '../rules/facts.ts';

/** Calling settings of one number, as far as its provider has them; a missing part is one that it does not have. */
export interface NumberSettings {
  /** Whether calls work at all. */
  calling: boolean;
  /** Whether customers see a call button. */
  iconVisible?: boolean | undefined;
  /** ISO countries whose users see it; empty = all. */
  iconCountries?: readonly string[] | undefined;
  /** Missing `value`: no hours are set, the number takes calls at any time. */
  hours?: { value?: CallHours | undefined } | undefined;
  /** Customers are asked for permission to be called back after they called. */
  callback?: boolean | undefined;
  /** Read only: while SIP is on, the provider refuses calls by its API (131055). */
  sip?: 'on' | 'off' | undefined;
  /** Read only: how media is keyed. A browser speaks DTLS alone. */
  keyExchange?: 'dtls' | 'sdes' | undefined;
  /** Read only, as the provider names them. */
  restrictions?:
    | readonly { type: string; reason?: string | undefined; expiresAt?: number | undefined }[]
    | undefined;
  /** Where the provider connects calls to. */
  forwarding?: Forwarding | undefined;
  /** `https://wa.me/call/…`, where the provider tells it. */
  deepLink?: string | undefined;
  /** The provider's word on whether this number's country allows calls to customers. */
  outboundDisabled?: boolean | undefined;
}

export interface Forwarding {
  /** `tel:`, `sip:` or `wss:`; missing until it was set. */
  to?: string | undefined;
  recording: boolean;
  sipUsername?: string | undefined;
  /** The password itself is never told. */
  sipPasswordSet: boolean;
  /** Seconds. */
  maxCallSeconds?: number | undefined;
  /** Whose number the destination sees. */
  callerId?: 'business' | 'caller' | undefined;
}

/** Only what is to change. `hours`: replaced as a whole; `null` turns them off. */
export interface SettingsChange {
  calling?: boolean | undefined;
  iconVisible?: boolean | undefined;
  iconCountries?: readonly string[] | undefined;
  hours?: CallHours | null | undefined;
  callback?: boolean | undefined;
  forwarding?:
    | {
        to?: string | undefined;
        recording?: boolean | undefined;
        sipUsername?: string | undefined;
        sipPassword?: string | undefined;
        maxCallSeconds?: number | null | undefined;
        callerId?: 'business' | 'caller' | undefined;
      }
    | undefined;
}
