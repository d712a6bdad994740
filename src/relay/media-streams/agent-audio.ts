import type { Clock } from '../../shared/lib/clock.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { Store } from '../store/store.ts';
import type { AudioSocket } from './audio-socket.ts';
import { OneTimeTokens } from './one-time-tokens.ts';
import type { StreamedCall } from './streamed-call.ts';

interface AgentAudioPorts {
  store: Pick<Store, 'call'>;
  clock: Clock;
  /** Whether an agent may get the audio of a call, by their current rights. */
  mayHave: (agentId: string, call: Pick<StreamedCall, 'accountId' | 'direction'>) => boolean;
  /** This relay's name among those that serve the store; undefined if it is alone. */
  node: string | undefined;
}

/** The agents' end of streamed calls: who may hear one and end it. */
export class AgentAudio {
  readonly #ports: AgentAudioPorts;
  readonly #calls: ReadonlyMap<string, StreamedCall>;
  readonly #tokens: OneTimeTokens<{ callId: string; agentId: string }>;

  constructor(ports: AgentAudioPorts, calls: ReadonlyMap<string, StreamedCall>) {
    this.#ports = ports;
    this.#calls = calls;
    this.#tokens = new OneTimeTokens(ports.clock);
  }

  /** The path to a call's audio for the agent who has the call; valid for one connection. */
  async request(agent: Agent, callId: string): Promise<Outcome> {
    const held = this.#calls.get(callId);
    if (!held) return refused('unknown');
    const denied = await this.#deny(agent, held);
    if (denied) return denied;
    if (!held.stream) return refused('no-stream');
    const token = this.#tokens.issue({ callId, agentId: agent.id });
    const { sampleRate } = held.stream;
    const { node } = this.#ports;
    const path = `/v1/streams/agent/${token}${node === undefined ? '' : `/${node}`}`;
    return { kind: 'stream', path, sampleRate };
  }

  /** The call that an agent's token opens, once. */
  redeem(token: string): ((socket: AudioSocket) => void) | undefined {
    const right = this.#tokens.redeem(token);
    const held = right && this.#calls.get(right.callId);
    if (!right || !held?.stream || !this.#ports.mayHave(right.agentId, held)) return undefined;
    return (socket) => held.connect(right.agentId, socket);
  }

  /** Ends an agent's call by closing the provider's stream, which is the only way. */
  async hangUp(agent: Agent, callId: string): Promise<Outcome> {
    const held = this.#calls.get(callId);
    if (!held) return refused('unknown');
    const denied = await this.#deny(agent, held);
    if (denied) return denied;
    held.end();
    return { kind: 'granted' };
  }

  /**
   * Why this agent may not have the call: an outbound call belongs to the agent who dialled it, a
   * customer's call to the agent who claimed it.
   */
  async #deny(agent: Agent, held: StreamedCall): Promise<Outcome | undefined> {
    if (held.direction === 'outbound') {
      return held.placedBy === agent.id ? undefined : refused('not-yours');
    }
    const call = await this.#ports.store.call(held.callId);
    if (call?.claimedBy?.id === agent.id) return undefined;
    const by = call?.claimedBy;
    return by ? { ...refused('taken'), by } : refused('not-yours');
  }
}
