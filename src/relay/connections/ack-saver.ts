import type { Clock } from '../../shared/lib/clock.ts';
import { reasonOf, type Log } from '../log.ts';
import { GroupCommit } from '../store/group-commit.ts';
import type { Acknowledged, AgentStore } from '../store/agent-store.ts';

interface AckSaverPorts {
  store: { agents: Pick<AgentStore, 'acknowledged'> };
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'error'>;
}

/** Maximum number of consoles per transaction. */
const MOST = 1_000;

interface Acknowledging {
  agent: { id: string };
  /** The last entry that the console has stored. */
  acked: number;
}

/**
 * Stores how far consoles have read, for the relay's operator. Unchanged positions are not written
 * again.
 */
export class AckSaver {
  readonly #log: AckSaverPorts['log'];
  readonly #saved = new Map<string, number>();
  readonly #acks: GroupCommit<Acknowledged, undefined>;

  constructor({ store, clock, log }: AckSaverPorts) {
    this.#log = log;
    this.#acks = new GroupCommit(async (acks) => {
      await store.agents.acknowledged(acks, clock.now());
      return acks.map(() => undefined);
    }, MOST);
  }

  /** Resolves when it was written, or could not be. */
  async save(consoles: readonly Acknowledging[]): Promise<void> {
    const writes = consoles.map(async ({ agent: { id }, acked: cursor }) => {
      if (this.#saved.get(id) === cursor) return;
      await this.#acks.add('acks', { id, cursor });
      this.#saved.set(id, cursor);
    });
    for (const written of await Promise.allSettled(writes)) {
      if (written.status === 'fulfilled') continue;
      this.#log.error('store.failed', { why: reasonOf(written.reason) });
      return;
    }
  }
}
