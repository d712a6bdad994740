import { t } from '../../../shared/i18n/i18n.ts';
import { useEffect, useState } from 'react';
import { act } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import css from './bill.module.css';

/** Fetched on demand, because the provider's address is valid for minutes only. */
export function RecordingPlayer({ callId }: { callId: string }) {
  const [state, setState] = useState<'idle' | 'fetching' | { url: string }>('idle');
  useEffect(() => {
    if (typeof state === 'string') return undefined;
    return () => URL.revokeObjectURL(state.url);
  }, [state]);
  const fetchIt = async () => {
    setState('fetching');
    const found = await act('recordings.get', { callId });
    if (found === undefined) return setState('idle');
    const { sound, mime } = found;
    // A copy, because TypeScript allows IPC data to be shared memory.
    setState({ url: URL.createObjectURL(new Blob([new Uint8Array(sound)], { type: mime })) });
  };
  if (typeof state !== 'string') {
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- recordings have no captions
    return <audio className={css.player} controls autoPlay src={state.url} />;
  }
  return (
    <Button
      className={css.play}
      size="small"
      icon="play"
      blocked={state === 'fetching' ? t('bill.fetching') : undefined}
      onClick={() => void fetchIt()}
    >
      {t('bill.play')}
    </Button>
  );
}

/** The transcript, fetched from the provider on demand and rendered as plain text. */
export function Transcript({ callId }: { callId: string }) {
  const [text, setText] = useState<string | undefined>();
  const [fetching, setFetching] = useState(false);
  const fetchIt = async () => {
    setFetching(true);
    const found = await act('transcripts.get', { callId });
    setFetching(false);
    if (found !== undefined) setText(found.text);
  };
  if (text !== undefined) {
    return (
      <p className={`${css.transcript} selectable`} dir="auto">
        {text.trim() === '' ? t('bill.transcriptEmpty') : text}
      </p>
    );
  }
  return (
    <Button
      className={css.play}
      size="small"
      blocked={fetching ? t('bill.fetching') : undefined}
      onClick={() => void fetchIt()}
    >
      {t('bill.read')}
    </Button>
  );
}
