import type { Erasure } from '../../shared/protocol/erasure.ts';
import type { NumberWebhooks, Presence } from '../../shared/protocol/frames.ts';
import type { RingerProblem } from '../../shared/protocol/ringer.ts';
import type { AudioSocket, RemoteAudio } from '../media-streams/audio-socket.ts';
import type { NodeStreams } from '../media-streams/node-streams.ts';
import { refused, type Outcome, type Request } from '../outcome.ts';

/** A connected agent, as announced by the node of their console. */
export interface ConnectedElsewhere {
  presence: Presence;
  /** Why no call can reach them. */
  unreachable?: RingerProblem | undefined;
  /** When they set this presence, Unix ms. */
  since: number;
  /** When their console connected, Unix ms: of an agent's two consoles the later one stays. */
  connectedAt: number;
}

/** An agent whose console has connected to another node or disconnected from it. */
export interface AgentMoved {
  agentId: string;
  now: ConnectedElsewhere | undefined;
}

/** A request from a console at another node about a call at this node. */
export interface Forwarded {
  agentId: string;
  request: Request;
}

export interface NodeHandlers {
  handleForwarded: (forwarded: Forwarded) => Promise<Outcome>;
  /** What this node tells the others about streamed calls. */
  localStreams: () => NodeStreams;
  /** Another node has published its streamed calls; undefined: that node is gone. */
  handleStreams: (node: string, snapshot: NodeStreams | undefined) => void;
  /** Another node has seen a number's webhooks refused, or taken again. */
  handleWebhooks: (webhooks: NumberWebhooks) => void;
  /** Connects an agent whose console has reached another node; undefined if the token is not valid. */
  handleAudio: (token: string) => ((socket: AudioSocket) => void) | undefined;
  /** Agents' consoles at other nodes have connected, disconnected or changed their presence. */
  handleAgents: (moved: readonly AgentMoved[]) => void;
  /** Called about every second, to take over what dead nodes leave behind. */
  handleBeat: () => void;
  /** This node was cut off, and is back: the others may have taken it for dead. */
  handleBack: () => void;
}

/** Whose recordings a node deletes from its folder. */
export interface RecordingsErasure {
  erasure: Erasure;
  accounts: readonly string[];
}

/** What a node said about an erasure; undefined: nothing, it is away. */
export interface NodeErased {
  node: string;
  answer: { erased: number; held: number } | undefined;
}

/** The relays that serve one store together, including this one. */
export interface Nodes {
  /** This node's name, the same after a restart; undefined if there can be no others. */
  readonly id: string | undefined;
  /** Agents whose console is at another node, by id. */
  agents(): ReadonlyMap<string, ConnectedElsewhere>;
  /** Whether others are heard now. */
  hasOthers(): boolean;
  /** Whether there may be others, even if none is heard: one was, and did not say that it is gone. */
  mayHaveOthers(): boolean;
  /**
   * Whether it would know of consoles at other nodes: not while it is cut off from them, nor until it
   * has listened for a while again.
   */
  hearsOthers(): boolean;
  /** Whether a node has been silent for so long that it counts as dead. */
  isGone(id: string | undefined): boolean;
  /** Whether this node is the one that takes over from dead nodes. */
  isFirst(): boolean;
  /** The node where a new call should begin. */
  forNewCall(): string | undefined;
  /** Announces the agents that are connected here to the other nodes. */
  show(agents: ReadonlyMap<string, ConnectedElsewhere>): void;
  /** Tells the others at once about the streamed calls of this node. */
  showStreams(): void;
  /** Tells the others that a number's webhooks are refused here, or taken again. */
  showWebhooks(webhooks: NumberWebhooks): void;
  /** Opens a call's audio by a token of another node; undefined if that node does not accept it. */
  openAudio(node: string, token: string): Promise<RemoteAudio | undefined>;
  /** Has every other node delete the recordings of an erased person; those that were heard at some time and are away, too. */
  eraseRecordings(asked: RecordingsErasure): Promise<readonly NodeErased[]>;
  /** Lets another node decide a request. Refused if it does not answer. */
  forward(node: string, forwarded: Forwarded): Promise<Outcome>;
  /** What this node does when another one asks it to delete recordings. */
  answerErasures(
    handle: (asked: RecordingsErasure) => Promise<{ erased: number; held: number }>,
  ): void;
  /** Starts listening to the other nodes; resolves when the live ones have been heard. */
  start(handlers: NodeHandlers): Promise<void>;
  /** Asks the others to send this node no new calls. */
  drain(): void;
  /**
   * Says good-bye.
   *
   * @param callsGoOn its calls are left to it, because it is back soon
   */
  close(callsGoOn: boolean): Promise<void>;
}

/** For a relay that serves its store alone. */
export const alone: Nodes = {
  id: undefined,
  agents: () => new Map(),
  hasOthers: () => false,
  mayHaveOthers: () => false,
  hearsOthers: () => true,
  isGone: () => false,
  isFirst: () => true,
  forNewCall: () => undefined,
  show: () => undefined,
  showStreams: () => undefined,
  showWebhooks: () => undefined,
  openAudio: async () => undefined,
  eraseRecordings: async () => [],
  answerErasures: () => undefined,
  forward: async () => refused('unknown'),
  start: async () => undefined,
  drain: () => undefined,
  close: async () => undefined,
};
