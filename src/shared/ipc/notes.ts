/** What an agent wrote down about a call. */
export interface NoteContent {
  text: string;
  /** How they say the call ended; one of their workspace's outcomes at that time. */
  disposition?: string | undefined;
  tags: readonly string[];
  /** When they promised to call back, Unix ms. */
  callbackAt?: number | undefined;
}

export interface CallNote extends NoteContent {
  /** The agent's name; empty: this agent. */
  by: string;
  /** Unix ms. */
  at: number;
}

/** The notes of a call: this agent's own, which is empty if there is none, and others. */
export interface CallNotes extends NoteContent {
  /** What teammates wrote, and this agent when they had the call before; oldest first. */
  others: readonly CallNote[];
}
