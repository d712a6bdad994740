import { useState } from 'react';
import type { AccountView } from '../../../../shared/ipc/model.ts';
import { callLink } from '../../../lib/call-link.ts';
import { act } from '../../../state/act.ts';
import { toast } from '../../../state/ui.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { numberWords } from '../../../words.ts';
import { Section } from '../section.tsx';
import css from './number.module.css';

/** The link that calls a number, for websites and messages. */
export function CallLink({ account }: { account: AccountView }) {
  const [payload, setPayload] = useState('');
  const link = callLink(account.number, payload);
  const copy = async () => {
    const done = await act('app.copy', { text: link });
    if (done !== undefined) toast('good', numberWords.linkCopied(link));
  };
  return (
    <Section title={numberWords.link}>
      <TextField
        label={numberWords.payload}
        value={payload}
        maxLength={512}
        onChange={(event) => setPayload(event.target.value)}
      />
      <p className="selectable">{link}</p>
      <p className={css.quiet}>{numberWords.linkNote}</p>
      <div className={css.buttons}>
        <Button icon="copy" onClick={() => void copy()}>
          {numberWords.copyLink}
        </Button>
      </div>
    </Section>
  );
}
