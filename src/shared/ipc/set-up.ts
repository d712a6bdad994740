import type { ProviderId } from '../rules/data/providers.ts';

/** What was written for an admin, and what they have to do with it. */
export interface SetUpDone {
  folder: string;
  /** Names of the files, relative to the folder. */
  files: readonly string[];
  /** The relay's address, `wss://…`. */
  relay: string;
  /** Starts the relay in containers, and without. */
  commands: { containers: string; plain: string };
  numbers: readonly NumberDone[];
  /** The admin's first. */
  invitations: readonly { name: string; link: string; code: string }[];
}

/** What an admin does at the provider of a number. */
export interface NumberDone {
  label: string;
  provider: ProviderId;
  /** What is entered there. */
  webhook: { url: string; verifyToken?: string | undefined; secret?: string | undefined };
  /** Where it has to forward calls to. */
  forwardTo?: string | undefined;
}

/** An invitation that was opened by its link, and waits for the agent's word. */
export interface OpenedInvitation {
  /** Differs for each that is opened. */
  id: number;
  /** As they are in the link; empty if it has none. */
  relay: string;
  code: string;
}
