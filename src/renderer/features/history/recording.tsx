import { t } from '../../../shared/i18n/i18n.ts';
import { useEffect, useState } from 'react';
import { act } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import css from './bill.module.css';

/** Fetched from the provider when somebody wants to hear it, because its address lives for minutes only. */
export function Recording({ callId }: { callId: string }) {
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
    // A copy of its own: what crossed from main may be shared memory to the compiler.
    setState({ url: URL.createObjectURL(new Blob([new Uint8Array(sound)], { type: mime })) });
  };
  if (typeof state !== 'string') {
    // Nobody has written down what is said in it.
    // oxlint-disable-next-line jsx-a11y/media-has-caption
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

/** What was said, fetched from the provider when somebody wants to read it. Shown as text, whatever it holds. */
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
