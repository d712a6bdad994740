import type { Result } from '../../shared/lib/result.ts';
import { type MediaFailure, microphoneFailure } from './failure.ts';

/** `fellBack`: the chosen device is gone, and this is the system default. */
export type Microphone = Result<{ track: MediaStreamTrack; fellBack: boolean }, MediaFailure>;

/** Opens the chosen microphone, or the default if it is unplugged. Never throws. */
export async function openMicrophone(deviceId: string): Promise<Microphone> {
  if (deviceId !== '') {
    const chosen = await tryOpen({ deviceId: { exact: deviceId } });
    if (chosen.ok || chosen.error !== 'no-microphone') return chosen;
  }
  const byDefault = await tryOpen({});
  return byDefault.ok
    ? { ok: true, value: { ...byDefault.value, fellBack: deviceId !== '' } }
    : byDefault;
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
    return track
      ? { ok: true, value: { track, fellBack: false } }
      : { ok: false, error: 'no-microphone' };
  } catch (error) {
    return { ok: false, error: microphoneFailure(error) };
  }
}
