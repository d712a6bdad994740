/** What can be measured: Ringdesk's relay, and two servers that store nothing. */
export const kinds = ['relay', 'socket.io', 'ws'] as const;
export type Kind = (typeof kinds)[number];

/** What the bench and a server under measurement say to each other. */
export type Request =
  /** Collects garbage first, so that memory is what is held. */
  { ask: 'usage'; settled: boolean } | { ask: 'end' };

export type Reply =
  | {
      is: 'ready';
      url: string;
      /** One for each console; empty where the server lets anybody in. */
      tokens: readonly string[];
    }
  | ({ is: 'usage' } & Usage);

/** What a server has used so far, and holds now. */
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
