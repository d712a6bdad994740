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
}

export const HOST = '127.0.0.1';
export const APP_SECRET = 'the-app-secret';

/** As few workspaces as so many consoles need, numbered from 0. */
export const workspacesFor = (consoles: number, perWorkspace: number): number =>
  Math.max(1, Math.ceil(consoles / perWorkspace));

/** The names of a workspace's one account, to us and to the provider. */
export const accountOf = (workspace: number): string => `number-${workspace}`;
export const numberIdOf = (workspace: number): string => String(105_615_555_000_000 + workspace);
