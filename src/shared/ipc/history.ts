import type { EndReason } from '../call/phases.ts';
import type { Outcome } from '../call/record.ts';
import type { CallView } from '../call/view.ts';
import type { Blame, InsightSlice } from '../protocol/insight-question.ts';
import type { Party } from '../providers/events.ts';
import type { CallRecordings, TranscriptHit } from './recordings.ts';

type Direction = 'inbound' | 'outbound';

/** No search for calls or people is longer; fields cut what is pasted. */
export const LONGEST_SEARCH = 200;

export interface HistoryFilter {
  direction?: Direction | undefined;
  outcome?: Outcome | undefined;
  /** Only calls in which the customer left a message. */
  voicemail?: true | undefined;
  /** Only calls with a recording that is kept. */
  recording?: true | undefined;
  accountId?: string | undefined;
  /** A name, or part of a number, or of what was written down. */
  text?: string | undefined;
  /** Unix ms, inclusive. */
  from?: number | undefined;
  to?: number | undefined;
  /** The calls behind a figure of Insight. */
  insight?: InsightSlice | undefined;
}

/** How many calls a filter finds. */
export interface CallCount {
  calls: number;
  /** There are more; they were not counted. */
  isMore: boolean;
}

export interface HistoryRow {
  id: string;
  direction: Direction;
  outcome: Outcome;
  party: Party;
  country?: string | undefined;
  accountId: string;
  accountLabel: string;
  /** Unix ms. */
  createdAt: number;
  connectedAt?: number | undefined;
  endedAt: number;
  talkSeconds?: number | undefined;
  /** The customer left a message. */
  voicemail?: boolean | undefined;
  /** A missed call that nobody has seen or returned. */
  unseen: boolean;
  /** Where the text that is searched for was said. */
  hit?: TranscriptHit | undefined;
}

export interface HistoryPage {
  rows: readonly HistoryRow[];
  /** For the next page; missing on the last. */
  next?: string | undefined;
}

export interface HistoryDetail extends HistoryRow, CallRecordings {
  providerCallId?: string | undefined;
  payload?: string | undefined;
  /** Who had it before, and to whom it was offered. */
  callOffer?: CallView['callOffer'];
  transfers?: CallView['transfers'];
  /** How it reached this agent each time, oldest first; usually one, more after transfers. */
  parts: readonly CallPart[];
  /** The whole call across all its agents, as the provider counted. */
  wholeSeconds?: number | undefined;
  /** Keys the customer pressed. */
  dtmf?: string | undefined;
  /** The provider's words, or the catalogue key, for why it ended. */
  endReason: EndReason;
  quality?: Quality | undefined;
  /** The provider's bill. */
  bill?: CallView['bill'];
  recorded?: CallView['recorded'];
  transcribed?: CallView['transcribed'];
  /** The timeline's item with the voicemail, if that is here. */
  voicemailItem?: string | undefined;
  /** Read from the provider afterwards, because no webhook reported it. */
  reconciled?: CallView['reconciled'];
  timeline: readonly TimelineEntry[];
}

/** One record that this agent has of a call. */
export interface CallPart {
  id: string;
  /** Unix ms. */
  createdAt: number;
  endReason: EndReason;
  talkSeconds?: number | undefined;
  callOffer?: CallView['callOffer'];
  transfers?: CallView['transfers'];
}

/** One thing that happened to a call, for its timeline. */
export interface TimelineEntry {
  at: number;
  from: 'provider' | 'relay' | 'agent' | 'media' | 'api' | 'clock' | 'recorder' | 'app';
  kind: string;
  /** Why it was ignored, if it was. */
  ignored?: string | undefined;
  detail?: string | undefined;
}

/** Quality over a call or at one moment. */
export interface Quality {
  packetsReceived: number;
  packetsLost: number;
  packetsSent: number;
  /** Mean inter-arrival jitter (RFC 3550), ms. */
  jitterMs?: number | undefined;
  rttMs?: number | undefined;
  /** 1–4.5, estimated after ITU-T G.107 from loss, delay and jitter. */
  mos?: number | undefined;
  /** From Accept (or pick-up) to the first audio from the other side, ms. */
  firstAudioMs?: number | undefined;
  /** `host`, `srflx`, `prflx` or `relay`: how our side reached the other. */
  route?: string | undefined;
  /** Whose network broke up the sound, if it was broken up for long enough to be heard. */
  blame?: Blame | undefined;
}
