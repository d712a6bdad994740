import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { personKeys } from '../../shared/lib/person-key.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { RECORDING_EXTENSION } from '../../shared/recording/model.ts';
import type { RecordingPolicy } from '../../shared/recording/policy.ts';
import {
  canStopRecording,
  isRecordingOpen,
  type RecordingAsk,
  type RecordingState,
} from '../../shared/recording/state.ts';
import { hashOfCall } from '../../sqlite/call-hash.ts';
import type {
  RecorderMark,
  RecorderReport,
  RecorderRequest,
} from '../media/recorder/call-recorder.ts';
import { reasonOf } from '../log.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import type { CallRecordStore } from './call-record-store.ts';
import type { RelayedCallPorts } from './ports.ts';
import { ownerOf } from './state-machine/state.ts';

/** Whether and how a call is recorded: consent, begin, pauses and end. The process with its media writes the file. */
export class CallRecording {
  readonly #ports: RelayedCallPorts;
  readonly #store: CallRecordStore;
  /** With whom the customer spoke last. */
  #agentId: string | undefined;

  constructor(ports: RelayedCallPorts, store: CallRecordStore) {
    this.#ports = ports;
    this.#store = store;
  }

  /** The call has moved; for tasks in its queue. */
  async handleMoved(): Promise<void> {
    const { state, recording } = this.#store.record;
    if (state.kind !== 'talking') return;
    const { owner } = state;
    const before = this.#agentId;
    this.#agentId = owner.id;
    if (!recording) return this.#begin(owner);
    if (before === undefined || before === owner.id) return;
    await this.#ask({ do: 'mark', mark: { kind: 'transfer', to: owner.name } });
  }

  /** What the agent who has the call asks. */
  ask(by: Agent, ask: RecordingAsk): Promise<Outcome> {
    return this.#store.enqueue(async () => {
      const { state, recording } = this.#store.record;
      if (ownerOf(state)?.id !== by.id) return refused('not-yours');
      const step = recording?.state.step;
      switch (ask) {
        case 'confirm':
          if (step !== 'asking') return refused('not-asked');
          await this.#start(by, { kind: 'confirmed', at: this.#ports.clock.now(), by: by.name });
          break;
        case 'pause': {
          if (step !== 'on') return refused('not-recorded');
          const forMs = this.#policy.pauseForSeconds * 1_000;
          await this.#ask({ do: 'pause', forMs });
          await this.#become({ step: 'paused', until: this.#ports.clock.now() + forMs });
          break;
        }
        case 'continue':
          if (step !== 'paused') return refused('not-paused');
          await this.#ask({ do: 'continue' });
          await this.#become({ step: 'on' });
          break;
        case 'stop':
        case 'stop-and-delete':
          return this.#stop(by, ask === 'stop-and-delete');
        default:
          return assertNever(ask, 'request');
      }
      return { kind: 'granted' };
    });
  }

  /** What the process with the media reports. */
  handleReport(report: RecorderReport): Promise<void> {
    return this.#store.enqueue(async () => {
      const { state, recording } = this.#store.record;
      const step = recording?.state.step;
      switch (report.kind) {
        case 'announced': {
          const owner = ownerOf(state);
          if (step !== 'announcing') return;
          const { from, to, sha256 } = report;
          return this.#start(owner, {
            kind: 'announcement',
            from,
            to,
            ...(sha256 !== undefined && { sha256 }),
          });
        }
        case 'not-announced':
          // The agent can still say it themselves.
          if (step === 'announcing') await this.#become({ step: 'asking' });
          return;
        case 'started':
          // It may have been stopped while its file was made.
          if (state.kind === 'ended' || step === 'over') return;
          return this.#save({
            ...this.#store.record,
            recording: {
              by: 'relay',
              state: { step: 'on' },
              id: report.id,
              since: report.startedAt,
            },
          });
        case 'continued':
          if (step === 'paused') await this.#become({ step: 'on' });
          return;
        case 'failed':
          this.#store.fail('recording', report.why);
          return this.#become({ step: 'failed', why: report.why });
        default:
          return assertNever(report, 'report of the recorder');
      }
    });
  }

  get #policy(): RecordingPolicy {
    return this.#ports.recordingOf(this.#store.record.accountId);
  }

  async #begin(owner: Agent): Promise<void> {
    const { by, consent, language } = this.#policy;
    if (by !== 'relay') return;
    this.#agentId = owner.id;
    if (consent === 'agent') return this.#become({ step: 'asking' });
    await this.#become({ step: 'announcing' });
    const file = this.#ports.announcements[this.#store.record.accountId];
    await this.#ask({ do: 'announce', language, ...(file !== undefined && { file }) });
  }

  async #start(agent: Agent | undefined, consent: RecorderMark): Promise<void> {
    const { callId, accountId, party } = this.#store.record;
    const id = randomUUID();
    await this.#ask({
      do: 'start',
      id,
      path: path.join(this.#ports.recordingsFolder, id + RECORDING_EXTENSION),
      facts: {
        callId,
        accountId,
        by: 'relay',
        customer: personKeys(party),
        consent: consent.kind === 'announcement' ? 'announcement' : 'agent',
        ...(agent && { agent: agent.name }),
      },
      secret: this.#ports.recordingSecret,
    });
    await this.#ask({ do: 'mark', mark: consent });
  }

  /** For the rest of the call, whoever has it later. */
  async #stop(by: Agent, discard: boolean): Promise<Outcome> {
    const { recording, callId } = this.#store.record;
    if (!recording || !canStopRecording(recording)) return refused('not-recorded');
    const hasBegun = recording.state.step !== 'asking';
    if (hasBegun && discard && (await this.#isHeld(callId))) return refused('legal-hold');
    await this.#ask({ do: 'stop', by: by.name, discard: discard || !hasBegun });
    if (hasBegun && discard) await this.#noteDeleted(by, recording.id);
    const stopped = !hasBegun ? 'none' : discard ? 'deleted' : 'kept';
    await this.#become({ step: 'over', stopped });
    return { kind: 'granted' };
  }

  /** Consoles of those who had the call before ask for it. */
  async #noteDeleted(by: Agent, id: string | undefined): Promise<void> {
    const { clock, noteDeleted } = this.#ports;
    const { accountId } = this.#store.record;
    if (id === undefined) return;
    await noteDeleted(id, { accountId, by: by.name, at: clock.now() }).catch((error: unknown) => {
      this.#store.fail('recording', reasonOf(error));
    });
  }

  async #isHeld(callId: string): Promise<boolean> {
    const call = hashOfCall(callId);
    const holds = await this.#ports.store.holds();
    return holds.some((hold) => hold.on && hold.call === call);
  }

  #ask(request: RecorderRequest): Promise<void> {
    return this.#ports.media.record(this.#store.record.callId, request);
  }

  #become(state: RecordingState): Promise<void> {
    const { recording } = this.#store.record;
    return this.#save({
      ...this.#store.record,
      recording: { ...(recording ?? { by: 'relay' }), state },
    });
  }

  #save(record: RelayedCallRecord): Promise<void> {
    return this.#store.save(record, []);
  }
}

/** What becomes of a recording with the end of its call, of which everybody is told once. */
export function recordingAtEnd({
  recording,
}: Pick<RelayedCallRecord, 'recording'>): Pick<RelayedCallRecord, 'recording'> {
  if (!recording || !isRecordingOpen(recording)) return { recording };
  return { recording: { ...recording, state: { step: 'over' } } };
}
