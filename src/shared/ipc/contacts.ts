import type { Outcome } from '../call/record.ts';
import type { Party, ProviderError } from '../providers/events.ts';
import type { RecordingUse } from '../providers/meta/api.ts';
import type { NumberSettings } from '../providers/number-settings.ts';
import type { Facts, KnownFact, Refusal, Restriction } from '../rules/facts.ts';

/** A person as the list of contacts shows them. */
export interface ContactRow {
  party: Party;
  country?: string | undefined;
  /** When anything happened last, Unix ms. */
  lastAt: number;
  last: ContactItem['kind'];
  /** Missed calls of theirs that nobody has looked at or returned. */
  missed: number;
}

export interface ContactPage {
  rows: readonly ContactRow[];
  /** For the next page; missing on the last. */
  next?: string | undefined;
}

/** A person with everything that happened between them and our numbers, newest first. */
export interface Contact {
  party: Party;
  country?: string | undefined;
  items: readonly ContactItem[];
  /** For older items; missing when there are none. */
  next?: string | undefined;
}

interface Common {
  /** The same for the same item. */
  id: string;
  /** Unix ms. */
  at: number;
  accountId: string;
}

type MessageState = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** One item of a contact's timeline. */
export type ContactItem = Common &
  (
    | {
        kind: 'call';
        callId: string;
        direction: 'inbound' | 'outbound';
        /** Missing while it goes on. */
        outcome?: Outcome | undefined;
        talkSeconds?: number | undefined;
        /** Who of us talked, when it was not this agent. */
        by?: string | undefined;
      }
    /** A call that a teammate placed. */
    | { kind: 'colleague-call'; outcome: Outcome; talkSeconds?: number | undefined }
    | { kind: 'message-in'; type: string; text?: string | undefined }
    | {
        kind: 'message-out';
        /** The agent's name. */
        by: string;
        what: 'text' | 'template' | 'call-button';
        text?: string | undefined;
        template?: string | undefined;
        state: MessageState;
        error?: ProviderError | undefined;
      }
    | {
        kind: 'permission-request';
        by: string;
        text?: string | undefined;
        template?: string | undefined;
        state: MessageState;
        error?: ProviderError | undefined;
      }
    | {
        kind: 'permission';
        granted: boolean;
        permanent: boolean;
        expiresAt?: number | undefined;
        source: 'user' | 'automatic';
      }
  );

/**
 * What the rules need about one of our numbers and one person; the rules run where they are shown,
 * with the clock there. The rate card comes as the text it was imported from.
 */
export type ContactFacts = Omit<Facts, 'cost'> & {
  cost?: { card: string; currency: string; monthSeconds: number } | undefined;
};

/** Where the rate card in use came from. */
export interface RateCardInfo {
  /** The file's name. */
  name: string;
  importedAt: number;
  csv: string;
  /** In which our numbers are billed, ISO 4217. */
  currency: string;
}

/** What is known of one of our numbers, beyond how to reach it. */
export interface NumberState {
  /** As the provider last told them, and when. */
  settings?: { value: NumberSettings; at: number } | undefined;
  /** What is wrong with it until the opposite is told or proven; each kind once. */
  facts: readonly KnownFact[];
  /** When a customer's call came in here last, Unix ms. */
  rangAt?: number | undefined;
  /** As told by webhook; newer than those in the settings. */
  restrictions?: readonly Restriction[] | undefined;
  /** What the provider refused and nobody has put right since, newest last. */
  refusals: readonly Refusal[];
  /** Warnings of the provider, newest last. */
  warnings: readonly { type: string; at: number; remediation?: string | undefined }[];
  /** Prepaid balance as somebody entered it; exact decimal text. */
  balance?: { amount: string; minimum: string; currency: string; at: number } | undefined;
  messagingTier?: string | undefined;
  sandbox?: boolean | undefined;
  /** Whether Meta records this number's calls; missing = as the profile says. */
  recording?: RecordingUse | 'off' | undefined;
}

/** What a number tells about itself, for the settings of an admin. */
export interface NumberView {
  state: NumberState;
  /** Missing where the provider has none. */
  settings?: NumberSettings | undefined;
  /** Missing where recording is not said with every call. */
  recording?: RecordingUse | 'off' | undefined;
}
