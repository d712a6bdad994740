import type { Outcome } from '../call/record.ts';
import type { NoteContent } from './notes.ts';
import type { MergedPerson, PersonDetails } from './people.ts';
import type { MessageFile, Party, ProviderError } from '../providers/events.ts';
import type { RecordingPolicy } from '../recording/policy.ts';
import type { RecordingUse } from '../providers/meta/api.ts';
import type { NumberSettings } from '../providers/number-settings.ts';
import type { Facts, KnownFact, RefusedBefore, Restriction } from '../rules/facts.ts';

/** A person as the list of contacts shows them. */
export interface ContactRow {
  party: Party;
  country?: string | undefined;
  company?: string | undefined;
  doNotCall: boolean;
  /** Time of the latest event, Unix ms. */
  lastAt: number;
  /** `added`: nothing happened yet; an agent wrote them down. */
  last: ContactItem['kind'] | 'added';
  /** Their missed calls that nobody has seen or returned. */
  missed: number;
  /** Whether the latest event is a message of ours that did not reach them. */
  failed: boolean;
  /** Their messages that this agent has not read. */
  unread: number;
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
  /** What agents wrote down. The name in `party` is theirs, if they gave one. */
  details: PersonDetails;
  /** The person's own name for themselves. */
  profileName?: string | undefined;
  /** Their other numbers and user ids. */
  others: readonly Party[];
  /** The latest first. */
  merged: readonly MergedPerson[];
  items: readonly ContactItem[];
  /** For older items; missing when there are none. */
  next?: string | undefined;
}

interface Common {
  /** Identifies the item. */
  id: string;
  /** Unix ms. */
  at: number;
  accountId: string;
}

/** The message that another one answers. */
export interface QuotedMessage {
  /** The agent who wrote it; missing if it is the customer's. */
  by?: string | undefined;
  /** As in the customer's message. */
  type: string;
  text?: string | undefined;
  file?: Omit<MessageFile, 'id'> | undefined;
}

type MessageState = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** One item of a contact's timeline. */
export type ContactItem = Common &
  (
    | {
        kind: 'call';
        callId: string;
        direction: 'inbound' | 'outbound';
        /** Missing while the call goes on. */
        outcome?: Outcome | undefined;
        talkSeconds?: number | undefined;
        /** The customer left a message. */
        voicemail?: boolean | undefined;
        /** The teammate who talked, if it was not this agent. */
        by?: string | undefined;
        /** This agent's note. */
        note?: NoteContent | undefined;
      }
    /** A teammate's note about a call. */
    | ({ kind: 'note'; by: string; providerCallId: string } & NoteContent)
    /** A call that a teammate placed. */
    | { kind: 'colleague-call'; outcome: Outcome; talkSeconds?: number | undefined }
    | {
        kind: 'message-in';
        type: string;
        text?: string | undefined;
        /** Its file, if there is one to fetch. */
        file?: Omit<MessageFile, 'id'> | undefined;
        /** The provider's id of it. */
        messageId?: string | undefined;
        /** It was left in a call. */
        voicemail?: boolean | undefined;
        /** The message that it answers; `gone` if it is not here. */
        quoted?: QuotedMessage | 'gone' | undefined;
        /** This agent has not read it. */
        unread: boolean;
      }
    | {
        kind: 'message-out';
        /** The agent's name. */
        by: string;
        what: 'text' | 'template' | 'call-button' | 'contact-request';
        /** The provider's id of it, once it is accepted. */
        messageId?: string | undefined;
        /** The message that it answers; `gone` if it is not here. */
        quoted?: QuotedMessage | 'gone' | undefined;
        text?: string | undefined;
        template?: string | undefined;
        state: MessageState;
        error?: ProviderError | undefined;
        /** This agent can send it again; `begun`: and has. */
        retry?: 'possible' | 'begun' | undefined;
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
 * The facts that the rules need about one of our numbers and one person. The rules run where the
 * result is shown, by that clock. The rate card comes as the imported text.
 */
export type ContactFacts = Omit<Facts, 'cost'> & {
  cost?: { card: string; currency: string; monthSeconds: number } | undefined;
};

/** Origin of the rate card in use. */
export interface RateCardInfo {
  /** The file's name. */
  name: string;
  importedAt: number;
  csv: string;
  /** The currency our numbers are billed in, ISO 4217. */
  currency: string;
}

/** What is known about one of our numbers, besides its address. */
export interface NumberState {
  /** The settings as the provider last returned them, and when. */
  settings?: { value: NumberSettings; at: number } | undefined;
  /** Its problems until the opposite is reported or proven; each kind once. */
  facts: readonly KnownFact[];
  /** When a customer's call last came in here, Unix ms. */
  rangAt?: number | undefined;
  /** Reported by webhook; newer than those in the settings. */
  restrictions?: readonly Restriction[] | undefined;
  /** The provider's refusals that nobody has resolved since, newest last. */
  refusals: readonly RefusedBefore[];
  /** The provider's warnings, newest last. */
  warnings: readonly { type: string; at: number; remediation?: string | undefined }[];
  /** Prepaid balance as an agent entered it; exact decimal text. */
  balance?: { amount: string; minimum: string; currency: string; at: number } | undefined;
  messagingTier?: string | undefined;
  sandbox?: boolean | undefined;
  /** Whether Meta records this number's calls; missing: as the profile says. */
  recording?: RecordingUse | 'off' | undefined;
  /** How its calls are recorded, as set here; missing: as before there was a choice. */
  recordingPolicy?: RecordingPolicy | undefined;
}

/** A number's settings page. */
export interface NumberView {
  state: NumberState;
  /** Missing if the provider has none. */
  settings?: NumberSettings | undefined;
  /** What Meta is asked to record; missing for other providers. */
  recording?: RecordingUse | 'off' | undefined;
  /** How its calls are recorded. */
  recordingPolicy: RecordingPolicy;
  /** The relay says so, and this page cannot change it. */
  isRecordingByRelay: boolean;
  /** What customers hear before a recording is the relay's choice. */
  hasOwnAnnouncement?: boolean | undefined;
  /** Whether this agent decides how this number's calls are recorded here. */
  mayDecideRecording: boolean;
}
