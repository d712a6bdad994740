import { t } from '../../../shared/i18n/i18n.ts';
import { useState } from 'react';
import { act } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import css from './bill.module.css';

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
