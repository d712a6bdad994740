import { createContext, useContext } from 'react';
import type { HeadsetCalls } from '../../shared/headset/control.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { DeviceSelection, lingerOf, orderSettings } from '../media/device-selection.ts';
import { deviceFacts } from '../media/device-facts.ts';
import { findDevices, soundReturns, watchDevices } from '../media/devices.ts';
import { type Hid, Headsets } from '../media/headset.ts';
import { testNetwork } from '../media/network-test.ts';
import { Ringtone } from '../media/ringtone.ts';
import { Softphone } from '../media/softphone.ts';
import { loopOf, toneOf } from '../media/sound-policy.ts';
import { act, request } from '../state/requests.ts';
import { engagedCall, firstRinging, useSnapshotStore } from '../state/snapshot-store.ts';
import {
  addSample,
  keepOnly,
  setDevices,
  setHeadsets,
  setInterrupted,
  setProblem,
  useLive,
} from '../state/live.ts';
import { DeviceNews } from './device-news.ts';
import { EchoTry } from './echo-try.ts';

/** The window's audio: calls, ringing and devices. */
export interface Audio {
  softphone: Softphone;
  ringtone: Ringtone;
  headsets: Headsets;
  echo: EchoTry;
  /** The window can be used: looks for devices, which starts a process of Chromium's, and tries the network. */
  handleUsable: () => void;
}

const AudioContextOfReact = createContext<Audio | undefined>(undefined);
export const AudioProvider = AudioContextOfReact.Provider;

/** The audio started by {@link startAudio}. */
export function useAudio(): Audio {
  const audio = useContext(AudioContextOfReact);
  if (!audio) throw new Error('no AudioProvider around this component');
  return audio;
}

/** Starts softphone and ringtone, and keeps them in step with main's snapshot. */
export function startAudio(): Audio {
  const softphone = new Softphone({
    report: (callId, report) => void request('media.report', { callId, report }),
    quality: (callId, quality) => void request('media.quality', { callId, quality }),
    sample: addSample,
    device: setProblem,
    pcm: (callId, frame) => void request('media.pcm', { callId, frame }),
    interrupted: setInterrupted,
    recorder: (callId, report) => void request('media.recorder', { callId, report }),
    recorded: (chunk) => void request('media.recorded', chunk),
    startedAt: (callId) => {
      const call = useSnapshotStore.getState().snapshot?.calls.find(({ id }) => id === callId);
      return call?.acceptPressedAt ?? call?.connectedAt;
    },
  });
  const ringtone = new Ringtone();
  const news = new DeviceNews(
    () => engagedCall(useSnapshotStore.getState().snapshot?.calls ?? []) !== undefined,
  );
  let usable = false;
  const chosen = new DeviceSelection({
    find: findDevices,
    use(devices, labels) {
      softphone.applyDevices(devices);
      ringtone.applyDevices(devices);
      setDevices(devices, labels);
      if (usable) void tellDevices();
    },
    notify: (changes) => news.add(changes),
    update: (role, order) =>
      void request('settings.set', { settings: { [orderSettings[role]]: order } }),
    now: () => performance.now(),
    later: (task, ms) => setTimeout(task, ms),
    lingerMs: () => (soundReturns() ? 0 : lingerOf(navigator.platform)),
  });
  const headsets = openHeadsets();
  const look = async () => {
    await chosen.refresh();
    void tellDevices();
    softphone.handleDevicesChanged();
  };
  const audio: Audio = {
    softphone,
    ringtone,
    headsets,
    echo: new EchoTry(),
    handleUsable() {
      // Again where the language has changed.
      if (usable) return;
      usable = true;
      watchDevices(() => void look());
      void chosen.refresh();
      void tellDevices();
      void headsets.start();
      if (useSnapshotStore.getState().snapshot?.connection.state === 'connected') void tryNetwork();
    },
  };
  useSnapshotStore.subscribe(({ snapshot }, before) => {
    if (!snapshot) return;
    const isConnected = snapshot.connection.state === 'connected';
    // Another network may be behind a new connection.
    if (usable && isConnected && before.snapshot?.connection.state !== 'connected')
      void tryNetwork();
    chosen.choose(snapshot.settings);
    follow(audio, snapshot, before.snapshot);
  });
  return audio;
}

/** TypeScript's DOM library does not have it. */
function isHid(value: unknown): value is Hid {
  return typeof value === 'object' && value !== null && 'requestDevice' in value;
}

/** The buttons of headsets act on the calls of the last snapshot. */
function openHeadsets(): Headsets {
  const calls = () => useSnapshotStore.getState().snapshot?.calls ?? [];
  const headsets = new Headsets({
    hid: 'hid' in navigator && isHid(navigator.hid) ? navigator.hid : undefined,
    act(action) {
      const ringing = firstRinging(calls());
      const engaged = engagedCall(calls());
      if (action.do === 'accept' && ringing) void act('calls.accept', { callId: ringing.id });
      if (action.do === 'decline' && ringing) void act('calls.decline', { callId: ringing.id });
      if (action.do === 'hang-up' && engaged) void act('calls.hang-up', { callId: engaged.id });
      if (action.do === 'mute' && engaged) {
        void act('calls.mute', { callId: engaged.id, muted: action.muted });
      }
    },
    changed: setHeadsets,
    now: () => performance.now(),
  });
  if (headsets.isPossible) setHeadsets([]);
  return headsets;
}

/** What headsets should know about the calls. */
function headsetCalls({ calls, presence }: Snapshot): HeadsetCalls {
  const engaged = engagedCall(calls);
  return {
    ringing: loopOf(calls, presence) === 'ring',
    engaged: engaged !== undefined,
    muted: engaged?.muted ?? false,
    held: engaged?.team?.onHold ?? false,
  };
}

/** Tries the way to the relay's media, and tells main what came of it. */
export async function tryNetwork(): Promise<void> {
  const servers = await request('ready.media-servers', {});
  if (!servers.ok) return;
  const { iceServers, host } = servers.value;
  await request('ready.network', { ...(await testNetwork(iceServers)), host });
}

/** Tells main what there is to speak and to listen with, and what is used. */
async function tellDevices(): Promise<void> {
  await request('ready.devices', await deviceFacts(useLive.getState().labels));
}

function follow(audio: Audio, now: Snapshot, before: Snapshot | undefined): void {
  audio.ringtone.setVolume(now.settings.ringerVolume);
  audio.ringtone.set(loopOf(now.calls, now.presence));
  audio.headsets.setCalls(headsetCalls(now));
  if (engagedCall(now.calls) || firstRinging(now.calls)) audio.echo.stop();
  const tone = toneOf(before?.calls ?? [], now.calls);
  if (tone) void audio.ringtone.tone(tone);
  keepOnly(new Set(now.calls.map(({ id }) => id)));
}
