import { z } from 'zod';

const text = z.string().min(1);

/** What a node tells the others about streamed calls; always all of it. */
export const nodeStreams = z.object({
  /** By call id: the calls whose provider streams to this node. The highest number is the latest connection. */
  here: z.record(text, z.number()),
  /** Ids of calls that were hung up lately: a stream that still arrives for one is closed. */
  over: z.array(text),
  /** Calls that agents at this node have announced that they dial. */
  dialled: z.array(
    z.object({
      id: text,
      agent: z.object({ id: text, name: z.string() }),
      accountId: text,
      party: z.object({ waId: text.optional(), userId: text.optional() }),
    }),
  ),
});
export type NodeStreams = z.infer<typeof nodeStreams>;

/** What the other nodes have published about streamed calls. */
export class StreamsElsewhere {
  readonly #nodes = new Map<string, NodeStreams>();

  /**
   * @param snapshot undefined: the node is gone
   * @returns ids of calls that are new there
   */
  learn(node: string, snapshot: NodeStreams | undefined): readonly string[] {
    const before = this.#nodes.get(node)?.here ?? {};
    if (snapshot) this.#nodes.set(node, snapshot);
    else this.#nodes.delete(node);
    return Object.keys(snapshot?.here ?? {}).filter((callId) => before[callId] === undefined);
  }

  /** The node to which a call's provider has connected last, with its number. */
  find(callId: string): { node: string; number: number } | undefined {
    const found = [...this.#nodes].flatMap(([node, { here }]) => {
      const number = here[callId];
      return number === undefined ? [] : [{ node, number }];
    });
    return found.toSorted(latestFirst)[0];
  }

  isOver(callId: string): boolean {
    return [...this.#nodes.values()].some(({ over }) => over.includes(callId));
  }
}

/** Orders connections of one call, the latest first; every node orders them alike. */
export const latestFirst = (
  one: { node: string; number: number },
  other: { node: string; number: number },
): number => other.number - one.number || (one.node < other.node ? -1 : 1);
