import { t } from '../../../shared/i18n/i18n.ts';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Float } from '../../ui/float.tsx';
import css from './popovers.module.css';

/** Plays a sound file, such as a greeting, to the customer. Web numbers only. */
export function PlayPopover({ onPlay }: { onPlay: (mediaUrl: string) => void }) {
  const [url, setUrl] = useState('');
  const fits = /^https?:\/\/\S+\.(mp3|wav|opus)(\?\S*)?$/i.test(url.trim());
  return (
    <Float
      title={t('external.play')}
      trigger={
        <Button icon="play" iconOnly>
          {t('external.play')}
        </Button>
      }
    >
      <div className={css.form}>
        <TextField
          label={t('external.playUrl')}
          type="url"
          placeholder={t('external.playUrlExample')}
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Button
          look="accent"
          blocked={fits ? undefined : t('external.playUrlNote')}
          onClick={() => onPlay(url.trim())}
        >
          {t('external.playNow')}
        </Button>
      </div>
    </Float>
  );
}
