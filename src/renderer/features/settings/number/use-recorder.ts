import { useEffect, useRef, useState } from 'react';
import { ANNOUNCEMENT_SECONDS } from '../../../../shared/providers/number-settings.ts';
import type { MediaFailure } from '../../../media/failure.ts';
import { openMicrophone } from '../../../media/microphone.ts';

/** Ends below the longest announcement, in ms. */
const LONGEST_MS = (ANNOUNCEMENT_SECONDS - 1) * 1000;

interface Recording {
  since: number;
  stop: () => void;
}

/** Records from the microphone until it is stopped, or an announcement may not be longer. */
export function useRecorder(microphoneId: string, onRecorded: (sound: Blob) => void) {
  const [recording, setRecording] = useState<Recording>();
  const [failed, setFailed] = useState<MediaFailure>();
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  // Leaving the page ends the recording.
  useEffect(() => () => recording?.stop(), [recording]);
  const start = async () => {
    setFailed(undefined);
    const microphone = await openMicrophone(microphoneId);
    if (!microphone.ok) return setFailed(microphone.error);
    const track = microphone.value;
    if (gone.current) return track.stop();
    const recorder = new MediaRecorder(new MediaStream([track]));
    const parts: Blob[] = [];
    const timer = window.setTimeout(() => recorder.stop(), LONGEST_MS);
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    recorder.addEventListener('stop', () => {
      clearTimeout(timer);
      track.stop();
      if (gone.current) return;
      setRecording(undefined);
      onRecorded(new Blob(parts, { type: recorder.mimeType }));
    });
    recorder.start();
    setRecording({
      since: Date.now(),
      stop: () => {
        if (recorder.state !== 'inactive') recorder.stop();
      },
    });
  };
  return { recording, failed, start: () => void start() };
}
