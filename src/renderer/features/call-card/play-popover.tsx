import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Float } from '../../ui/float.tsx';
import { elsewhereWords } from '../../words.ts';
import css from './popovers.module.css';

/** A sound file that the provider plays to the customer, e.g. a greeting. Web numbers only. */
export function PlayPopover({ onPlay }: { onPlay: (mediaUrl: string) => void }) {
  const [url, setUrl] = useState('');
  const fits = /^https?:\/\/\S+\.(mp3|wav|opus)(\?\S*)?$/i.test(url.trim());
  return (
    <Float
      title={elsewhereWords.play}
      trigger={
        <Button icon="play" iconOnly>
          {elsewhereWords.play}
        </Button>
      }
    >
      <div className={css.form}>
        <TextField
          label={elsewhereWords.playUrl}
          type="url"
          placeholder={elsewhereWords.playUrlExample}
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Button
          look="accent"
          blocked={fits ? undefined : elsewhereWords.playUrlNote}
          onClick={() => onPlay(url.trim())}
        >
          {elsewhereWords.playNow}
        </Button>
      </div>
    </Float>
  );
}
