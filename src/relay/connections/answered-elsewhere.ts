import { personKey } from '../../shared/lib/person-key.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import type { Access } from '../access/access.ts';
import { reasonOf, type Log } from '../log.ts';
import type { LogEntry, Store } from '../store/store.ts';

interface AnsweredElsewherePorts {
  store: Pick<Store, 'answeredElsewhere' | 'appendMessage'>;
  access: Pick<Access, 'workspaceOf'>;
  log: Log;
  /** There are new entries in the log. */
  notifyNewEntries: () => void;
}

/**
 * Whoever is answered at one of a workspace's numbers waits at none of them, nor under any number that agents have merged
 * with theirs, until the merge is undone. An entry of the other number's log says so, because not everybody who sees
 * that number sees the one where the customer was answered.
 */
export class AnsweredElsewhere {
  readonly #ports: AnsweredElsewherePorts;
  #last: Promise<void> = Promise.resolve();

  constructor(ports: AnsweredElsewherePorts) {
    this.#ports = ports;
  }

  /** New entries of the log. Every node hears of them: an answer has an identity, so that it is written once. */
  handleEntries(entries: readonly LogEntry[]): void {
    for (const entry of entries.filter(({ body }) => mayAnswer(body))) {
      // One after the other: what a call's end takes back must be there.
      this.#last = this.#last
        .then(() => this.#handle(entry))
        .catch((error: unknown) =>
          this.#ports.log.error('todo.not-closed', { cursor: entry.cursor, why: reasonOf(error) }),
        );
    }
  }

  async #handle(entry: LogEntry): Promise<void> {
    const { store, access, notifyNewEntries } = this.#ports;
    const isOurs = (one: string, other: string) =>
      access.workspaceOf(one) !== undefined &&
      access.workspaceOf(one) === access.workspaceOf(other);
    const answered = await store.answeredElsewhere(entry, isOurs);
    for (const body of answered) {
      const whose = `${entry.cursor}/${personKey(body.party) ?? ''}`;
      const identity = `${body.accountId}/answered:${whose}/${body.answer.kind}`;
      await store.appendMessage(body, entry.at, identity);
    }
    if (answered.length > 0) notifyNewEntries();
  }
}

/** Most entries are of rings and messages; these need not be looked up. */
function mayAnswer(body: LogBody): boolean {
  if (body.type !== 'provider')
    return ['sent', 'claimed', 'released', 'merged'].includes(body.type);
  return body.event.kind === 'status' || body.event.kind === 'terminated';
}
