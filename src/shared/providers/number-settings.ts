import type { CallHours } from '../rules/facts.ts';

/** Calling settings of one number. The provider does not support a missing part. */
export interface NumberSettings {
  /** Whether calling is enabled. */
  calling: boolean;
  /** Whether customers see a call button. */
  iconVisible?: boolean | undefined;
  /** ISO countries whose users see it; empty means all. */
  iconCountries?: readonly string[] | undefined;
  /** Without `value` no hours are set and the number takes calls at any time. */
  hours?: { value?: CallHours | undefined } | undefined;
  /** After calling, customers are asked whether they may be called back. */
  callback?: boolean | undefined;
  /** Read-only: while SIP is on, the provider refuses calls through its API (131055). */
  sip?: 'on' | 'off' | undefined;
  /** Read-only: how media is keyed. Browsers support DTLS only. */
  keyExchange?: 'dtls' | 'sdes' | undefined;
  /** Read-only, as the provider names them. */
  restrictions?:
    | readonly { type: string; reason?: string | undefined; expiresAt?: number | undefined }[]
    | undefined;
  /** What a caller hears whom nobody answers, and whether they may leave a message. */
  voicemail?: Voicemail | undefined;
  /** Where the provider forwards calls to. */
  forwarding?: Forwarding | undefined;
  /** `https://wa.me/call/…`, if the provider reports it. */
  deepLink?: string | undefined;
  /** Whether the provider blocks business calls for this number's country. */
  outboundDisabled?: boolean | undefined;
}

/** When a caller reaches the voicemail. */
export const voicemailTriggers = ['declined', 'not-answered'] as const;
export type VoicemailTrigger = (typeof voicemailTriggers)[number];

/** The longest that a caller waits for the voicemail, in seconds (docs/providers/meta.md#voicemail). */
export const LONGEST_VOICEMAIL_WAIT = 30;

/** An announcement is shorter than this, in seconds (docs/providers/meta.md#voicemail). */
export const ANNOUNCEMENT_SECONDS = 60;

export interface Voicemail {
  on: boolean;
  triggers: readonly VoicemailTrigger[];
  /** Missing until set. */
  waitSeconds?: number | undefined;
  /** The provider's id of the announcement; missing until set. */
  announcement?: string | undefined;
}

export interface Forwarding {
  /** `tel:`, `sip:` or `wss:`; missing until set. */
  to?: string | undefined;
  recording: boolean;
  sipUsername?: string | undefined;
  /** The password itself is never returned. */
  sipPasswordSet: boolean;
  /** Seconds. */
  maxCallSeconds?: number | undefined;
  /** Whose number the destination sees. */
  callerId?: 'business' | 'caller' | undefined;
}

/** The changes only. `hours` and `voicemail` are replaced as a whole; `null` turns hours off. */
export interface SettingsChange {
  calling?: boolean | undefined;
  iconVisible?: boolean | undefined;
  iconCountries?: readonly string[] | undefined;
  hours?: CallHours | null | undefined;
  callback?: boolean | undefined;
  voicemail?: Voicemail | undefined;
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
