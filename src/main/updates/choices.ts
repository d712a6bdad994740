import { z } from 'zod';
import { updateChannels, type UpdateChannel } from '../../shared/ipc/updates.ts';
import type { JsonFile } from '../lib/json-file.ts';

/** What this person chose about updates, and which version failed here. */
export const choicesSchema = z.object({
  version: z.literal(1),
  channel: z.enum(updateChannels).optional(),
  /** A version that did not start: it is not offered again. */
  failed: z.string().max(100).optional(),
  /** The agent has read that the version before is back. */
  failureSeen: z.boolean().optional(),
});
type Stored = z.infer<typeof choicesSchema>;

/** These choices in their file. */
export class UpdateChoices {
  readonly #file: Pick<JsonFile<Stored>, 'read' | 'write'>;
  #stored: Stored;

  constructor(file: Pick<JsonFile<Stored>, 'read' | 'write'>) {
    this.#file = file;
    this.#stored = file.read() ?? { version: 1 };
  }

  get channel(): UpdateChannel {
    return this.#stored.channel ?? 'stable';
  }

  setChannel(channel: UpdateChannel): void {
    this.#write({ channel });
  }

  /** A version that did not start here. */
  get failed(): string | undefined {
    return this.#stored.failed;
  }

  /** The same, until the agent has read of it. */
  get news(): string | undefined {
    return this.#stored.failureSeen === true ? undefined : this.failed;
  }

  seen(): void {
    this.#write({ failureSeen: true });
  }

  #write(changes: Partial<Stored>): void {
    this.#stored = { ...this.#stored, ...changes };
    this.#file.write(this.#stored);
  }
}
