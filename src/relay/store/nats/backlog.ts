import { nuid } from '@nats-io/transport-node';
import type { AddedEntry } from '../store.ts';
import type { Applied } from './apply.ts';
import type { Command, Decision } from './command.ts';

/** Commands in one message, and about how many bytes of them, at most. */
const TOGETHER = 500;
const BYTES = 1_000_000;

interface Waiting {
  id: string;
  command: Decision;
  bytes: number;
  /** The server may have taken it, under this id, before it fell silent. */
  isTried: boolean;
}

/**
 * Commands of the time in which the server did not answer, in order. They are handed on many in one message, so that
 * they leave faster than new ones come.
 */
export class Backlog {
  #waiting: Waiting[] = [];
  /** What is being handed on; the same message when it is sent again. */
  #message: { id: string; command: Command; count: number } | undefined;

  get size(): number {
    return this.#waiting.length;
  }

  /** Whether the next message is the last one. */
  get isAlmostEmpty(): boolean {
    return this.#next().count === this.#waiting.length;
  }

  add(id: string, command: Decision, isTried: boolean): void {
    this.#waiting.push({ id, command, bytes: JSON.stringify(command).length, isTried });
  }

  /**
   * Hands on the next message.
   *
   * @returns the entries that it added, unless the server had it before
   */
  async handOn(
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
