import { t } from '../../shared/i18n/i18n.ts';
import { createContext, useContext } from 'react';
import type { Snapshot } from '../../shared/ipc/model.ts';
import { DeviceSelection } from '../media/device-selection.ts';
import { deviceFacts } from '../media/device-facts.ts';
import { findDevices, watchDevices } from '../media/devices.ts';
import { testNetwork } from '../media/network-test.ts';
import { Ringtone } from '../media/ringtone.ts';
import { Softphone } from '../media/softphone.ts';
import { loopOf, toneOf } from '../media/sound-policy.ts';
import { request } from '../state/requests.ts';
import { useSnapshotStore } from '../state/snapshot-store.ts';
import { toast } from '../state/ui.ts';
import { addSample, keepOnly, setInterrupted, setProblem } from '../state/live.ts';

/** The window's audio: calls, ringing and devices. */
export interface Audio {
  softphone: Softphone;
  ringtone: Ringtone;
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
    startedAt: (callId) => {
      const call = useSnapshotStore.getState().snapshot?.calls.find(({ id }) => id === callId);
      return call?.acceptPressedAt ?? call?.connectedAt;
    },
  });
  const ringtone = new Ringtone();
  const chosen = new DeviceSelection({
    find: findDevices,
    use(devices) {
      softphone.applyDevices(devices);
      ringtone.applyDevices(devices);
    },
    notify: ({ role, what, label }) =>
      toast(
        'info',
        t(`devices.${what}`, {
          device: label === '' ? t(`devices.chosen.${role}`) : label,
          role: t(`devices.${role}`),
        }),
      ),
    update: (role, { id, label }) =>
      void request('settings.set', { settings: { [`${role}Id`]: id, [`${role}Label`]: label } }),
  });
  const look = async () => {
    await chosen.refresh();
    void tellDevices();
    softphone.handleDevicesChanged();
  };
  watchDevices(() => void look());
  void chosen.refresh();
  void tellDevices();
  useSnapshotStore.subscribe(({ snapshot }, before) => {
    if (!snapshot) return;
    const isConnected = snapshot.connection.state === 'connected';
    // Another network may be behind a new connection.
    if (isConnected && before.snapshot?.connection.state !== 'connected') void tryNetwork();
    if (chosenDevices(snapshot) !== chosenDevices(before.snapshot)) void tellDevices();
    chosen.choose(snapshot.settings);
    follow({ softphone, ringtone }, snapshot, before.snapshot);
  });
  return { softphone, ringtone };
}

/** Tries the way to the relay's media, and tells main what came of it. */
export async function tryNetwork(): Promise<void> {
  const servers = await request('ready.media-servers', {});
  if (!servers.ok) return;
  const { iceServers, host } = servers.value;
  await request('ready.network', { ...(await testNetwork(iceServers)), host });
}

const chosenDevices = (snapshot: Snapshot | undefined): string =>
  [snapshot?.settings.microphoneId, snapshot?.settings.speakerId].join(' ');

/** Tells main what there is to speak and to listen with, and what was chosen. */
async function tellDevices(): Promise<void> {
  const { settings } = useSnapshotStore.getState().snapshot ?? {};
  await request('ready.devices', await deviceFacts(settings));
}

function follow(audio: Audio, now: Snapshot, before: Snapshot | undefined): void {
  audio.ringtone.setVolume(now.settings.ringerVolume);
  audio.ringtone.set(loopOf(now.calls, now.presence.dnd));
  const tone = toneOf(before?.calls ?? [], now.calls);
  if (tone) void audio.ringtone.tone(tone);
  keepOnly(new Set(now.calls.map(({ id }) => id)));
}
