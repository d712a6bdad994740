/** Why a console does not update itself. */
export type NoUpdates =
  /** It runs from its source, or from an unpacked archive. */
  | 'not-installed'
  /** It was packed without an update server. */
  | 'no-server'
  /** It is everybody's on this machine, and its administrator updates it. */
  | 'administrator'
  /** The organisation turned updates off. */
  | 'organisation';

/** What went wrong with an update. */
export type UpdateFailure =
  /** The server could not be reached, or has no such file. */
  | 'unreachable'
  /** What the server says is not signed with our key, or the package is not the one that was signed. */
  | 'not-ours'
  /** Not enough room on the disk, or it cannot be written. */
  | 'disk'
  /** The agent, or the system, did not let the installer run. */
  | 'not-allowed'
  /** The installer failed. */
  | 'installer';

export const updateChannels = ['stable', 'beta'] as const;
export type UpdateChannel = (typeof updateChannels)[number];

/** When an update that is ready is installed. */
export type UpdatePlan =
  /** The agent is asked. */
  | 'ask'
  /** The agent is asked again later. */
  | 'later'
  /** When the agent quits or is away. */
  | 'shift-end'
  /** As soon as the agent is free. */
  | 'now';

export type UpdateState =
  | { state: 'none'; why: NoUpdates }
  /** `checkedAt`: when the server last said so, Unix ms. */
  | { state: 'current'; checkedAt?: number | undefined }
  | { state: 'checking' }
  | { state: 'downloading'; version: string; percent: number }
  | {
      state: 'ready';
      version: string;
      /** What is new, as its makers wrote it. */
      notes: string;
      plan: UpdatePlan;
      /** The agent has a call or wraps up; it is not installed meanwhile. */
      isBusy: boolean;
      /** The organisation lets nobody put it off any more. */
      isForced: boolean;
      /** From when on it cannot be put off, as the organisation set it, e.g. `18:30`. */
      forceAt?: string | undefined;
    }
  | { state: 'installing'; version: string }
  | { state: 'failed'; why: UpdateFailure; version?: string | undefined; at: number };

/** What windows show about updates. */
export interface UpdateView {
  channel: UpdateChannel;
  /** The organisation chose it. */
  isChannelLocked: boolean;
  /** A version did not start, and this one is back; until the agent has read it. */
  wentBackFrom?: string | undefined;
  /** In the first run after an update: the version before. */
  cameFrom?: string | undefined;
  now: UpdateState;
}

/** Starting when the agent signs in to the computer. `unknown-program`: the system does not know where this copy is. */
export interface AutostartView {
  state: 'on' | 'off' | 'unknown-program' | 'forbidden';
}
