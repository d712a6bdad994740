/** The servers to measure: Ringdesk's relay, and two that store nothing. */
export const kinds = ['relay', 'socket.io', 'ws'] as const;
export type Kind = (typeof kinds)[number];

/** Messages between the bench and a server under measurement. */
export type Request =
  /** Collects garbage first, so that only live memory counts. */
  { ask: 'usage'; settled: boolean } | { ask: 'end' };

export type Reply =
  | {
      is: 'ready';
      url: string;
      /** One per console; empty if the server accepts anybody. */
      tokens: readonly string[];
    }
  | ({ is: 'usage' } & Usage);

/** A server's resource usage so far, and its memory now. */
export interface Usage {
  cpuUs: number;
  /** On the heap and beside it in buffers. */
  heldBytes: number;
  /** Resident memory of the whole process. */
  rssBytes: number;
}

export const HOST = '127.0.0.1';
export const ACCOUNT = 'main';
export const NUMBER_ID = '105615555715855';
export const APP_SECRET = 'the-app-secret';
export const WEBHOOK_PATH = `/webhooks/meta/${ACCOUNT}`;
