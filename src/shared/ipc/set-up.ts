/** What was written for an admin, and what they have to do with it. */
export interface SetUpDone {
  folder: string;
  /** Names of the files, relative to the folder. */
  files: readonly string[];
  /** The relay's address, `wss://…`. */
  relay: string;
  /** Starts the relay in containers, and without. */
  commands: { containers: string; plain: string };
  /** What is entered at the provider. */
  webhook: { url: string; verifyToken?: string | undefined; secret?: string | undefined };
  /** Where the provider has to forward calls to. */
  forwardTo?: string | undefined;
  /** The admin's first. */
  invitations: readonly { name: string; link: string; code: string }[];
}

/** An invitation that was opened by its link, and waits for the agent's word. */
export interface OpenedInvitation {
  /** Differs for each that is opened. */
  id: number;
  /** As they are in the link; empty if it has none. */
  relay: string;
  code: string;
}
