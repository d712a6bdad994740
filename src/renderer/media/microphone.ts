import { type MediaFailure, microphoneFailure } from './failure.ts';

export type Microphone =
  /** `fellBack`: the chosen device is not there, so this is the system's default. */
  { ok: true; track: MediaStreamTrack; fellBack: boolean } | { ok: false; why: MediaFailure };

/** Opens the chosen microphone, or the default one if it has been unplugged. Never throws. */
export async function openMicrophone(deviceId: string): Promise<Microphone> {
  if (deviceId !== '') {
    const chosen = await tryOpen({ deviceId: { exact: deviceId } });
    if (chosen.ok || chosen.why !== 'no-microphone') return chosen;
  }
  const standard = await tryOpen({});
  return standard.ok ? { ...standard, fellBack: deviceId !== '' } : standard;
}

async function tryOpen(constraints: MediaTrackConstraints): Promise<Microphone> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        ...constraints,
        channelCount: 1,
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
      },
    });
    const [track] = stream.getAudioTracks();
    return track ? { ok: true, track, fellBack: false } : { ok: false, why: 'no-microphone' };
  } catch (error) {
    return { ok: false, why: microphoneFailure(error) };
  }
}
