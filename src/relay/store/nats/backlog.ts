import { nuid } from '@nats-io/transport-node';
import type { AddedEntry } from '../store.ts';
import type { Applied } from './apply.ts';
import type { Command, Decision } from './command.ts';

/** The most commands in one message, and about the most bytes of them. */
const TOGETHER = 500;
const BYTES = 1_000_000;

interface Waiting {
  id: string;
  command: Decision;
  bytes: number;
  /** The server may have stored it, under this id, before it fell silent. */
  isTried: boolean;
}

/**
 * Commands from while the server did not answer, in order. Many are sent in one message, so that
 * the backlog shrinks even while new ones come.
 */
export class Backlog {
  #waiting: Waiting[] = [];
  /** The message that is being sent; a repetition is identical. */
  #message: { id: string; command: Command; count: number } | undefined;

  get size(): number {
    return this.#waiting.length;
  }

  /** Whether the next message empties the backlog. */
  get isAlmostEmpty(): boolean {
    return this.#next().count === this.#waiting.length;
  }

  add(id: string, command: Decision, isTried: boolean): void {
    this.#waiting.push({ id, command, bytes: JSON.stringify(command).length, isTried });
  }

  /**
   * Sends the next message.
   *
   * @returns the entries that it added, unless the server already had it
   */
  async sendNext(
    ask: (command: Command, id: string) => Promise<Applied>,
  ): Promise<readonly AddedEntry[]> {
    this.#message ??= this.#next();
    const { id, command, count } = this.#message;
    const { entries } = await ask(command, id);
    this.#message = undefined;
    this.#waiting.splice(0, count);
    return entries;
  }

  #next(): { id: string; command: Command; count: number } {
    if (this.#message) return this.#message;
    const [first] = this.#waiting;
    if (first?.isTried) return { ...first, count: 1 };
    const commands: Decision[] = [];
    let bytes = 0;
    for (const one of this.#waiting) {
      bytes += one.bytes;
      if (one.isTried || commands.length === TOGETHER) break;
      if (commands.length > 0 && bytes > BYTES) break;
      commands.push(one.command);
    }
    return { id: nuid.next(), command: { kind: 'several', commands }, count: commands.length };
  }
}
