import { create } from 'zustand';
import type { Sample } from '../media/stats.ts';
import type { DeviceProblem } from '../media/call-media.ts';
import type { DeviceRole } from '../../shared/devices/preference.ts';
import type { EchoReport } from '../../shared/devices/echo.ts';
import type { NetworkReport } from '../../shared/devices/network.ts';
import type { HeadsetView } from '../media/headset.ts';
import type { OpenDevices } from '../media/device-selection.ts';

type EchoProgress =
  | { doing: 'calling' }
  /** This loud, 0–1. */
  | { doing: 'speaking'; level: number }
  | { doing: 'listening' };

interface LiveState {
  /** The last minute of every live call, oldest first. */
  samples: Readonly<Record<string, readonly Sample[]>>;
  /** The devices in use. */
  devices: OpenDevices;
  /** Their names; empty: the system's default. */
  labels: Readonly<Record<DeviceRole, string>>;
  /** Headsets whose buttons act on calls; undefined where the system allows none. */
  headsets: readonly HeadsetView[] | undefined;
  /** The last test of the network. */
  network: NetworkReport | undefined;
  /** The echo call under way, and what the last one showed. */
  echo: { trying?: EchoProgress | undefined; report?: EchoReport | undefined };
  /** What plugging or unplugging changed during the call. */
  deviceNews: string;
  /** Device problems of calls that continue without the device. */
  problems: Readonly<Record<string, DeviceProblem | undefined>>;
  /** Calls without incoming packets at the moment. */
  interrupted: Readonly<Record<string, boolean>>;
  /** Exports in progress, by id. */
  exports: Readonly<Record<string, { done: number; total: number }>>;
}

/** Values that change every second, kept apart so that nothing else re-renders. */
export const useLive = create<LiveState>(() => ({
  samples: {},
  devices: {
    microphone: { id: '', key: '' },
    speaker: { id: '', key: '' },
    ringer: { id: '', key: '' },
  },
  labels: { microphone: '', speaker: '', ringer: '' },
  headsets: undefined,
  network: undefined,
  echo: {},
  deviceNews: '',
  problems: {},
  interrupted: {},
  exports: {},
}));

const KEPT_SAMPLES = 60;

export function addSample(callId: string, sample: Sample): void {
  useLive.setState(({ samples }) => ({
    samples: { ...samples, [callId]: [...(samples[callId] ?? []), sample].slice(-KEPT_SAMPLES) },
  }));
}

export function setProblem(callId: string, problem: DeviceProblem | undefined): void {
  useLive.setState(({ problems }) => ({ problems: { ...problems, [callId]: problem } }));
}

export function setInterrupted(callId: string, now: boolean): void {
  useLive.setState(({ interrupted }) => ({ interrupted: { ...interrupted, [callId]: now } }));
}

export function setDevices(devices: OpenDevices, labels: LiveState['labels']): void {
  useLive.setState({ devices, labels });
}

export function setHeadsets(headsets: readonly HeadsetView[]): void {
  useLive.setState({ headsets });
}

export function setNetworkReport(network: NetworkReport): void {
  useLive.setState({ network });
}

export function setEcho(trying: EchoProgress | undefined, report?: EchoReport): void {
  useLive.setState({ echo: { trying, report } });
}

export function setDeviceNews(deviceNews: string): void {
  useLive.setState({ deviceNews });
}

/** Forgets calls that have ended. */
export function keepOnly(callIds: ReadonlySet<string>): void {
  useLive.setState(({ samples, problems, interrupted }) => ({
    samples: pick(samples, callIds),
    problems: pick(problems, callIds),
    interrupted: pick(interrupted, callIds),
    ...(callIds.size === 0 && { deviceNews: '' }),
  }));
}

function pick<T>(all: Readonly<Record<string, T>>, ids: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([id]) => ids.has(id)));
}

export function setExport(id: string, progress: { done: number; total: number } | undefined): void {
  useLive.setState(({ exports }) => {
    const { [id]: _, ...others } = exports;
    return { exports: progress ? { ...others, [id]: progress } : others };
  });
}
