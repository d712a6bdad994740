import type { Agent } from '../../shared/protocol/agent.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import type { Member } from '../store/agent-store.ts';
import type { CallRecordStore } from './call-record-store.ts';
import type { AgentLegs } from './legs.ts';
import type { RelayedCallPorts } from './ports.ts';
import { engaged } from './state-machine/state.ts';

type Mode = 'listen' | 'whisper' | 'barge' | 'off';

/** Supervisors who listen to one call, whisper to its agent, or speak to both. */
export class Supervision {
  readonly #ports: RelayedCallPorts;
  readonly #store: CallRecordStore;
  readonly #legs: AgentLegs;

  constructor(ports: RelayedCallPorts, store: CallRecordStore, legs: AgentLegs) {
    this.#ports = ports;
    this.#store = store;
    this.#legs = legs;
  }

  /** A supervisor of this call; undefined if the agent is none. */
  find(agentId: string): RelayedCallRecord['supervisors'][number] | undefined {
    return this.#store.record.supervisors.find(({ agent }) => agent.id === agentId);
  }

  /** The supervisor who speaks to the customer and can be heard. */
  get speaking(): Agent | undefined {
    const { supervisors } = this.#store.record;
    const one = supervisors.find(({ mode }) => mode === 'barge');
    return one && this.#legs.usable(one.agent.id) !== undefined ? one.agent : undefined;
  }

  /** Whether an agent may go on listening. */
  mayListen(agent: Member): boolean {
    return this.#ports.access.maySupervise(agent, this.#store.record.accountId);
  }

  /**
   * Starts, changes or ends an agent's supervision, for tasks in the record's queue. Any number may
   * listen; one speaks.
   */
  async set(agent: Agent, mode: Mode): Promise<Outcome> {
    const { record } = this.#store;
    const others = record.supervisors.filter((one) => one.agent.id !== agent.id);
    if (engaged(record.state).some(({ id }) => id === agent.id)) return refused('busy');
    if (mode !== 'off' && !this.#legs.get(agent.id)) return refused('no-leg');
    const speaker = others.find((one) => one.mode !== 'listen');
    if ((mode === 'whisper' || mode === 'barge') && speaker) {
      return { kind: 'refused', why: 'taken', by: speaker.agent };
    }
    const supervisors = mode === 'off' ? others : [...others, { agent, mode }];
    await this.#store.save({ ...record, supervisors }, this.#entries(agent, mode));
    return { kind: 'granted' };
  }

  /** Who still supervises once these agents talk, and the log entries about those who no longer do. */
  without(talking: ReadonlySet<string>): Pick<RelayedCallRecord, 'supervisors'> & {
    entries: readonly LogBody[];
  } {
    const { supervisors } = this.#store.record;
    return {
      supervisors: supervisors.filter(({ agent }) => !talking.has(agent.id)),
      entries: supervisors
        .filter(({ agent }) => talking.has(agent.id))
        .flatMap(({ agent }) => this.#entries(agent, 'off')),
    };
  }

  /**
   * Every console reads the log, so hidden supervision goes into the relay's own log only. Nobody speaks to a customer
   * unseen by the agent.
   */
  #entries(by: Agent, mode: Mode): readonly LogBody[] {
    const { log, policyOf } = this.#ports;
    const { callId, accountId } = this.#store.record;
    log.info('call.supervision', { call: callId, by: by.id, mode });
    const { supervisors } = this.#store.record;
    const spoke = supervisors.some((one) => one.agent.id === by.id && one.mode === 'barge');
    const isHidden = mode !== 'barge' && policyOf(accountId).hideSupervision;
    if (isHidden && !spoke) return [];
    // Of who goes on listening unseen, the agent is told only that they speak no more.
    return [{ type: 'supervision', callId, by, mode: isHidden ? 'off' : mode, shown: true }];
  }
}
