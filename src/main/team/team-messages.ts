import type { Answered } from '../../shared/ipc/errors.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import type { KeptMessage } from '../../shared/ipc/team-message.ts';
import { refuse } from '../refusal.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';
import type { Notices } from '../snapshot/notices.ts';
import { answerOfVerdict } from './team-requests.ts';

/** Messages kept here; the oldest are forgotten. */
const MOST_KEPT = 100;
/** Marked as read in one request. */
const MOST_READ = 100;

interface Ports {
  store: { get: () => readonly KeptMessage[]; set: (messages: readonly KeptMessage[]) => void };
  relay: Pick<RelayClient, 'tell' | 'toldRead'> | undefined;
  selfId: () => string | undefined;
  notices: Pick<Notices, 'add' | 'remove'>;
  changed: () => void;
}

/** Short messages among teammates: a small list, with who has read what. */
export class TeamMessages {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Newest first. */
  list(): readonly KeptMessage[] {
    return this.#ports.store.get();
  }

  handleEntry(body: LogBody, at: number): void {
    const { selfId, notices } = this.#ports;
    if (body.type === 'told') {
      const { messageId: id, from, toName: to, team, text } = body;
      if (this.list().some((one) => one.id === id)) return;
      const isOurs = from.id === selfId();
      const message: KeptMessage = { id, at, from, to, team, text, isOurs, readBy: [] };
      const all = [{ ...message, isUnread: !isOurs }, ...this.list()];
      this.#keep(all.slice(0, MOST_KEPT));
      // What is forgotten can no longer be marked as read.
      for (const gone of all.slice(MOST_KEPT)) notices.remove(noticeId(gone.id));
      if (isOurs) return;
      const values = { name: from.name, what: text };
      notices.add({ id: noticeId(id), kind: 'info', code: 'team-message', values });
    }
    if (body.type === 'told-read') {
      const { by, messageIds } = body;
      const isRead = ({ id, isOurs, readBy }: KeptMessage) =>
        isOurs && messageIds.includes(id) && !readBy.includes(by.name);
      if (!this.list().some(isRead)) return;
      this.#keep(
        this.list().map((one) =>
          isRead(one) ? { ...one, readBy: [...one.readBy, by.name] } : one,
        ),
      );
    }
  }

  async send(to: { kind: 'agent' | 'team'; name: string }, text: string): Promise<Answered<null>> {
    const { relay } = this.#ports;
    if (!relay) return refuse('offline');
    return answerOfVerdict(await relay.tell({ to, text }));
  }

  /** The agent has seen them all; their senders are told once the relay can be reached. */
  async markRead(): Promise<Answered<null>> {
    const unread = this.list().filter((one) => one.isUnread);
    if (unread.length === 0) return { ok: true, value: null };
    this.#keep(
      this.list().map((one) => (one.isUnread ? { ...one, isUnread: false, isUntold: true } : one)),
    );
    for (const { id } of unread) this.#ports.notices.remove(noticeId(id));
    await this.tellRead();
    return { ok: true, value: null };
  }

  /** Tells senders what was read, also while the relay was away. */
  async tellRead(): Promise<void> {
    const untold = this.list().filter(({ isUntold }) => isUntold);
    const messages = untold.slice(0, MOST_READ).map(({ id, from }) => ({ id, from: from.id }));
    if (messages.length === 0) return;
    const outcome = await this.#ports.relay?.toldRead({ messages });
    if (!outcome || outcome.kind === 'unreachable') return;
    // What the relay refuses, such as a sender who has left, is worth no other try.
    const ids = new Set(messages.map(({ id }) => id));
    this.#keep(this.list().map((one) => (ids.has(one.id) ? { ...one, isUntold: undefined } : one)));
    await this.tellRead();
  }

  #keep(messages: readonly KeptMessage[]): void {
    this.#ports.store.set(messages);
    this.#ports.changed();
  }
}

const noticeId = (messageId: string): string => `told/${messageId}`;
