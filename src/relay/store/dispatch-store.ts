import type { DispatchType } from '../../shared/protocol/dispatch-types.ts';

/** What other systems are told about calls, and whether they took it. Always on disk, or it rejects. */
export interface DispatchStore {
  /** How far each endpoint was told, and since when it is off, Unix ms. */
  endpoints(): Promise<readonly { id: string; cursor: number; offSince?: number | undefined }[]>;
  /**
   * Adds dispatches with how far the log is read for them; both or neither. Known ones are not added
   * again. Those of other types than `wanted` are kept, because later ones depend on them, and never
   * sent.
   */
  add(
    endpoint: string,
    cursor: number,
    added: readonly NewDispatch[],
    wanted: readonly DispatchType[],
  ): Promise<void>;
  /** Those of a call, in the order of the log. */
  ofCall(endpoint: string, call: string): Promise<readonly Dispatch[]>;
  /** The first of each call that is to be sent, now or later; up to `limit`, those due first. */
  next(endpoint: string, limit: number): Promise<readonly Dispatch[]>;
  /** Notes an attempt. */
  tried(endpoint: string, id: string, attempt: Attempt): Promise<void>;
  /** Has one that was delivered or given up sent again. False if there is none. */
  again(id: string, at: number): Promise<boolean>;
  /** Switches an endpoint off, or with undefined on. */
  setOff(endpoint: string, since: number | undefined): Promise<void>;
  /** Up to `limit`, newest first. `failed`: those alone whose last attempt failed. */
  list(filter: { failed: boolean; limit: number }): Promise<readonly Dispatch[]>;
}

/** Something that another system is to be told about a call. */
export interface NewDispatch {
  id: string;
  /** Of the entry that it is about. */
  cursor: number;
  /** Identifies the call. */
  call: string;
  type: DispatchType;
  /** When the entry was committed, Unix ms. */
  at: number;
  body: string;
}

export interface Dispatch extends NewDispatch {
  endpoint: string;
  state: 'open' | 'delivered' | 'failed' | 'unwanted';
  /** When it is sent next, Unix ms. */
  due: number;
  attempts: number;
  triedAt?: number | undefined;
  /** What the last attempt came to. */
  answer?: string | undefined;
}

export interface Attempt {
  state: Dispatch['state'];
  /** Unix ms. */
  at: number;
  due?: number | undefined;
  answer: string;
}
