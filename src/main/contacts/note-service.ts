import type { Call } from '../../shared/call/model.ts';
import type { CallNotes, NoteContent } from '../../shared/ipc/notes.ts';
import { manyLines } from '../../shared/lib/foreign-text.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { UnsentNote } from '../db/call-notes.ts';
import { DebouncedTask } from '../lib/debounced-task.ts';

/** A note is shared once the agent has paused for this long, in ms. */
const PAUSE_MS = 3_000;

export interface NotePorts {
  store: {
    set: (note: UnsentNote) => void;
    unsent: () => readonly UnsentNote[];
    sent: (note: UnsentNote) => void;
    of: (callId: string) => CallNotes;
  };
  call: (callId: string) => Call | undefined;
  /** Shares a note with the other consoles; false if the relay could not be reached. */
  report: (
    what: {
      accountId: string;
      party: Party;
      providerCallId: string;
      tags: string[];
    } & Omit<NoteContent, 'tags'>,
  ) => Promise<boolean>;
  clock: Clock;
  /** A note was stored, perhaps with another time to call back. */
  callbacksChanged: () => void;
  /** A note has been shared: lists that show notes are read again. */
  changed: () => void;
  /** Sharing failed unexpectedly; it is tried again with the next change. */
  failed: (error: unknown) => void;
}

/**
 * What this agent writes down about calls. Each change is stored at once, and shared through the
 * relay when the agent pauses, when the call ends, and before it is transferred. What the relay
 * does not have is sent again after the next connection.
 */
export class NoteService {
  readonly #ports: NotePorts;
  /** One run at a time, or an earlier text could arrive after a later one. */
  readonly #sharing: DebouncedTask;

  constructor(ports: NotePorts) {
    this.#ports = ports;
    this.#sharing = new DebouncedTask({ ...ports, pauseMs: PAUSE_MS, run: () => this.#shareAll() });
  }

  of(callId: string): CallNotes {
    return this.#ports.store.of(callId);
  }

  /** @returns false if there is no such call */
  set(callId: string, { text, disposition, tags, callbackAt }: NoteContent): boolean {
    const { store, call, clock } = this.#ports;
    if (!call(callId)) return false;
    const at = clock.now();
    store.set({ callId, text: manyLines(text).trimEnd(), disposition, tags, callbackAt, at });
    this.#ports.callbacksChanged();
    this.#sharing.soon();
    return true;
  }

  /** Shares all notes that the relay does not have; resolves when it has answered. */
  share(): Promise<void> {
    return this.#sharing.now();
  }

  close(): void {
    this.#sharing.close();
  }

  async #shareAll(): Promise<void> {
    const { store, call, report, changed } = this.#ports;
    let shared = false;
    for (const note of store.unsent()) {
      const found = call(note.callId);
      if (found?.providerCallId === undefined) continue;
      const { accountId, party, providerCallId } = found;
      const { text, disposition, callbackAt } = note;
      const about = { accountId, party, providerCallId };
      // Without the relay, the others would only wait for it, too.
      if (!(await report({ ...about, text, disposition, tags: [...note.tags], callbackAt }))) break;
      store.sent(note);
      shared = true;
    }
    if (shared) changed();
  }
}
