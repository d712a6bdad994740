import type { ErasedRows } from '../protocol/erasure.ts';

/** What a certificate counts at a console. */
export const erasedKinds = [
  'calls',
  'events',
  'messages',
  'notes',
  'details',
  'permissions',
  'waiting',
  'texts',
] as const;
type ErasedKind = (typeof erasedKinds)[number];
export type Erased = Readonly<Record<ErasedKind, number>>;

/** Where an erasure of a person has come to. */
export type ErasureStep = 'relay' | 'calls' | 'files' | 'indexes' | 'snapshot';

/** What went of a person, without anything about them but a hash. Times are Unix ms. */
export interface Certificate {
  id: string;
  begunAt: number;
  endedAt: number;
  /** Who had it done. */
  by: string;
  person: { salt: string; hashes: readonly string[] };
  /** Missing for a console without a relay. */
  relay?: { rows: ErasedRows; consoles: number } | undefined;
  console: {
    erased: Erased;
    /** Files of messages that were kept on this computer. */
    messageFiles: number;
    recordings: number;
    /** Copies of the log from before, damaged ones included. */
    copies: number;
    /** A copy without the person took their place. */
    hasSnapshot: boolean;
  };
  /** What is left, and has to be dealt with by a person. */
  left: {
    /** Recordings on legal hold. */
    held: number;
    /** Calls that went on; erased when they have ended. */
    live: number;
    /** Exported files that were written while the person's calls were here. */
    exports: readonly { path: string; at: number }[];
    /** Copies that could not be removed. */
    copies: readonly string[];
  };
}
