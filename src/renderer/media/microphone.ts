import type { Result } from '../../shared/lib/result.ts';
import { type MediaFailure, microphoneFailure } from './failure.ts';

export type Microphone = Result<MediaStreamTrack, MediaFailure>;

/** Opens this microphone, or the system's default if it is unplugged. Never throws. */
export async function openMicrophone(deviceId: string): Promise<Microphone> {
  if (deviceId !== '') {
    const chosen = await tryOpen({ deviceId: { exact: deviceId } });
    if (chosen.ok || chosen.error !== 'no-microphone') return chosen;
  }
  return tryOpen({});
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
    return track ? { ok: true, value: track } : { ok: false, error: 'no-microphone' };
  } catch (error) {
    return { ok: false, error: microphoneFailure(error) };
  }
}
