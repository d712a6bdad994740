import type { Presence } from '../../shared/protocol/frames.ts';
import { refused, type Outcome, type Request } from '../outcome.ts';

/** A connected agent, as their console's node tells the others. */
export interface ConnectedElsewhere {
  presence: Presence;
  /** Since when they have had this presence, Unix ms. */
  since: number;
  /** When their console connected, Unix ms: of two consoles of one agent the later one stays. */
  connectedAt: number;
}

/** An agent whose console has come to another node, or has gone from there. */
export interface AgentMoved {
  agentId: string;
  now: ConnectedElsewhere | undefined;
}

/** A request of a console at another node about a call that is here. */
export interface Forwarded {
  agentId: string;
  request: Request;
}

export interface NodeHandlers {
  handleForwarded: (forwarded: Forwarded) => Promise<Outcome>;
  /** Agents' consoles at other nodes have come, gone, or changed their presence. */
  handleAgents: (moved: readonly AgentMoved[]) => void;
  /** About every second: what belongs to nodes that are gone is to be looked after. */
  handleBeat: () => void;
}

/** The relays that serve one store together. This one is one of them. */
export interface Nodes {
  /** This node's name, the same after a restart; undefined where there can be no other. */
  readonly id: string | undefined;
  /** Agents whose console is at another node, by id. */
  agents(): ReadonlyMap<string, ConnectedElsewhere>;
  /** Whether there are others now. */
  hasOthers(): boolean;
  /** Whether a node has not been heard for so long that it counts as dead. */
  isGone(id: string | undefined): boolean;
  /** Whether this node looks after what belongs to one that is gone. */
  isFirst(): boolean;
  /** The node at which a new call is to begin. */
  forNewCall(): string | undefined;
  /** Tells the others of the agents that are connected here. */
  show(agents: ReadonlyMap<string, ConnectedElsewhere>): void;
  /** Has another node decide a request. Refused when it does not answer. */
  forward(node: string, forwarded: Forwarded): Promise<Outcome>;
  /** Listens to the others; resolves when those that live were heard. */
  start(handlers: NodeHandlers): Promise<void>;
  /** Tells the others to give this node no new calls. */
  drain(): void;
  close(): Promise<void>;
}

/** A relay whose store only it serves. */
export const alone: Nodes = {
  id: undefined,
  agents: () => new Map(),
  hasOthers: () => false,
  isGone: () => false,
  isFirst: () => true,
  forNewCall: () => undefined,
  show: () => undefined,
  forward: async () => refused('unknown'),
  start: async () => undefined,
  drain: () => undefined,
  close: async () => undefined,
};
