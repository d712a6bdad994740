import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { RecordingView } from '../../../../shared/ipc/recordings.ts';
import { soundAddress } from '../../../../shared/ipc/sounds.ts';
import { measure, packPeaks, unpackPeaks } from '../../../media/recordings/peaks.ts';
import { RecordingPlayer } from '../../../media/recordings/recording-player.ts';
import { fetchFromMain, request } from '../../../state/requests.ts';

/** What a waveform is drawn from. */
export interface Drawn {
  /** One: both voices together. Two: the customer's, then the agent's, or the two channels of one file. */
  voices: readonly Uint8Array[] | undefined;
  /** The file cannot be decoded. */
  failed: boolean;
}

/** The peaks of a recording: those that are stored, or else measured now, and stored. */
export function usePeaks({ id, tracks, hasPeaks }: RecordingView): Drawn {
  const client = useQueryClient();
  const stored = useQuery({
    queryKey: ['recordings', 'peaks', id],
    queryFn: async () => {
      const { peaks } = await fetchFromMain('recordings.peaks', { recordingId: id });
      return (peaks && unpackPeaks(peaks)) ?? null;
    },
    enabled: hasPeaks,
    staleTime: Infinity,
  });
  const [failed, setFailed] = useState(false);
  // The tracks of a kept recording never change.
  const files = useRef(tracks);
  useEffect(() => {
    if (hasPeaks) return undefined;
    const controller = new AbortController();
    const measured = files.current.map(({ mime, bytes }, n) => ({
      address: soundAddress(id, n),
      mime,
      bytes,
    }));
    measure(measured, controller.signal)
      .then((peaks) => {
        if (controller.signal.aborted || peaks.seconds === 0) return undefined;
        client.setQueryData(['recordings', 'peaks', id], peaks.voices);
        const packed = packPeaks(peaks);
        return request('recordings.set-peaks', {
          recordingId: id,
          peaks: packed,
          seconds: peaks.seconds,
        });
      })
      .catch(() => {
        if (!controller.signal.aborted) setFailed(true);
      });
    return () => controller.abort();
  }, [client, hasPeaks, id]);
  return { voices: stored.data ?? undefined, failed };
}

/** The player of a recording; it stops when its call is no longer shown. */
export function usePlayer({ id, tracks }: RecordingView): RecordingPlayer | undefined {
  const [player, setPlayer] = useState<RecordingPlayer>();
  const [version, notify] = useVersion();
  const files = useRef(tracks);
  useEffect(() => {
    const played = files.current.map(({ side }, n) => ({ address: soundAddress(id, n), side }));
    const made = new RecordingPlayer(played, {
      changed: notify,
      heard({ from, to }) {
        void request('recordings.listened', {
          recordingId: id,
          fromMs: Math.round(from * 1000),
          toMs: Math.max(1, Math.round(to * 1000)),
        });
      },
    });
    setPlayer(made);
    return () => {
      setPlayer(undefined);
      made.close();
    };
  }, [id, notify]);
  void version;
  return player;
}

/** Renders again each time that `notify` is called. */
function useVersion(): [number, () => void] {
  const [store] = useState(() => {
    const listeners = new Set<() => void>();
    let version = 0;
    return {
      get: () => version,
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      notify: () => {
        version += 1;
        for (const listener of listeners) listener();
      },
    };
  });
  const version = useSyncExternalStore(store.subscribe, store.get);
  return [version, store.notify];
}
