import type { Beat } from './messages.ts';
import type { AgentMoved, ConnectedElsewhere } from './nodes.ts';

/** A node that has been silent for this long is dead, in ms. */
export const LEASE_MS = 4_000;
/** A restarted node is back within this, in ms; media go on without a relay for 30 s. */
const BACK_MS = 20_000;
/** This node hears itself about every second; after so long without that, it is itself cut off. In ms. */
const CUT_OFF_MS = 2_000;

interface Peer {
  run: string;
  version: number;
  draining: boolean;
  heardAt: number;
  agents: Map<string, ConnectedElsewhere>;
}

/**
 * The other nodes as this one knows them from their messages. Times come from a monotonic clock, in
 * ms. Silence proves something only while this node receives its own messages: after it was cut off
 * or stopped, it has to listen first.
 */
export class Peers {
  readonly #own: string;
  readonly #peers = new Map<string, Peer>();
  /** Nodes that are being restarted, and until when they keep their calls. */
  readonly #awaited = new Map<string, number>();
  /** Nodes that were heard and did not say that they are gone; they may be where this node cannot hear them. */
  readonly #met = new Set<string>();
  /** Nodes that were heard at some time; each may have files of its own. */
  readonly #heard = new Set<string>();
  /** When this node began to hear itself, without a pause since. */
  #listeningSince: number;
  #heardSelfAt: number;
  #wasCutOff = false;

  constructor(own: string, now: number) {
    this.#own = own;
    [this.#listeningSince, this.#heardSelfAt] = [now, now];
  }

  /** Handles one of this node's own messages. */
  handleOwn(now: number): void {
    if (now - this.#heardSelfAt > CUT_OFF_MS) {
      this.#listeningSince = now;
      this.#wasCutOff = true;
    }
    this.#heardSelfAt = now;
  }

  /** Whether this node was cut off since the last question: the others may have taken it for dead. */
  takeCutOff(): boolean {
    const was = this.#wasCutOff;
    this.#wasCutOff = false;
    return was;
  }

  /**
   * Handles another node's message.
   *
   * @returns what has changed, or that its full state must be requested
   */
  handle(beat: Beat, now: number): { moved: readonly AgentMoved[]; mustAsk: boolean } {
    const { node, run, version, draining } = beat;
    const known = this.#peers.get(node);
    this.#heard.add(node);
    if (beat.bye === 'gone') this.#met.delete(node);
    else this.#met.add(node);
    if (beat.bye) {
      if (beat.bye === 'back-soon') this.#awaited.set(node, now + BACK_MS);
      return { moved: this.#forget(node), mustAsk: false };
    }
    if (beat.whole) {
      const agents = new Map(
        Object.entries(beat.agents ?? {}).flatMap(([id, agent]) => (agent ? [[id, agent]] : [])),
      );
      const moved = differences(known?.agents ?? new Map(), agents);
      this.#peers.set(node, { run, version, draining, heardAt: now, agents });
      return { moved, mustAsk: false };
    }
    const changes = Object.entries(beat.agents ?? {});
    const follows = changes.length > 0 ? version - 1 : version;
    if (known?.run !== run || known.version !== follows) {
      if (known) [known.heardAt, known.draining] = [now, draining];
      return { moved: [], mustAsk: true };
    }
    [known.heardAt, known.version, known.draining] = [now, version, draining];
    for (const [id, agent] of changes) {
      if (agent) known.agents.set(id, agent);
      else known.agents.delete(id);
    }
    return {
      moved: changes.map(([agentId, now]) => ({ agentId, now: now ?? undefined })),
      mustAsk: false,
    };
  }

  /** Removes nodes that have been silent for too long. */
  expire(now: number): readonly AgentMoved[] {
    if (!this.canJudge(now)) return [];
    return [...this.#peers].flatMap(([node, { heardAt }]) =>
      now - heardAt > LEASE_MS ? this.#forget(node) : [],
    );
  }

  #forget(node: string): readonly AgentMoved[] {
    const agents = this.#peers.get(node)?.agents ?? new Map<string, ConnectedElsewhere>();
    this.#peers.delete(node);
    return [...agents.keys()].map((agentId) => ({ agentId, now: this.agents().get(agentId) }));
  }

  /** Whether this node does not hear itself now. */
  isCutOff(now: number): boolean {
    return now - this.#heardSelfAt >= CUT_OFF_MS;
  }

  /** Whether this node has received its own messages for long enough to miss others'. */
  canJudge(now: number): boolean {
    return !this.isCutOff(now) && now - this.#listeningSince > LEASE_MS;
  }

  isGone(node: string | undefined, now: number): boolean {
    if (node === this.#own || !this.canJudge(now)) return false;
    if (node === undefined) return true;
    return !this.#peers.has(node) && now > (this.#awaited.get(node) ?? 0);
  }

  get ids(): readonly string[] {
    return [...this.#peers.keys()];
  }

  /** Every one that was heard since the start, whether or not it lives now. */
  get heard(): readonly string[] {
    return [...this.#heard];
  }

  /**
   * Whether other nodes may be running, heard or not. Silence does not prove the contrary: a node
   * whose NATS server is cut off from the others hears only itself.
   */
  get mayHaveOthers(): boolean {
    return this.#met.size > 0;
  }

  /** Nodes that accept new calls. */
  get open(): readonly string[] {
    return [...this.#peers].flatMap(([node, { draining }]) => (draining ? [] : [node]));
  }

  agents(): ReadonlyMap<string, ConnectedElsewhere> {
    const all = new Map<string, ConnectedElsewhere>();
    for (const { agents } of this.#peers.values()) {
      for (const [id, agent] of agents) {
        const other = all.get(id);
        if (!other || other.connectedAt < agent.connectedAt) all.set(id, agent);
      }
    }
    return all;
  }
}

function differences(
  before: ReadonlyMap<string, ConnectedElsewhere>,
  now: ReadonlyMap<string, ConnectedElsewhere>,
): readonly AgentMoved[] {
  const gone = [...before.keys()].filter((id) => !now.has(id));
  return [
    ...gone.map((agentId) => ({ agentId, now: undefined })),
    ...[...now].map(([agentId, agent]) => ({ agentId, now: agent })),
  ];
}
