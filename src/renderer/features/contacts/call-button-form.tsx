import { useState } from 'react';
import type { AccountView } from '../../../shared/ipc/model.ts';
import { callLink } from '../../lib/call-link.ts';
import { act } from '../../state/act.ts';
import { keysOfPerson, useKept } from '../../state/drafts.ts';
import { toast } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { contactWords } from '../../words.ts';
import css from './composer.module.css';

interface CallButtonFormProps {
  account: AccountView;
  party: { waId?: string | undefined; userId?: string | undefined };
  onSent: () => void;
}

const usual = {
  text: contactWords.callButtonTextDefault as string,
  label: contactWords.callButtonLabelDefault as string,
  payload: '',
};

/** A message with a button that calls us, or the link that does the same. */
export function CallButtonForm({ account, party, onSent }: CallButtonFormProps) {
  const [draft, setDraft] = useKept(keysOfPerson('call-button', account.id, party), usual);
  const { text, label, payload } = draft;
  const [sending, setSending] = useState(false);
  const link = callLink(account.number, payload);
  const send = async () => {
    setSending(true);
    const done = await act('messages.call-button', {
      accountId: account.id,
      party,
      text,
      label,
      ...(payload !== '' && { payload }),
    });
    setSending(false);
    if (done === undefined) return;
    setDraft(undefined);
    toast('good', contactWords.callButtonTaken);
    onSent();
  };
  const copy = async () => {
    const done = await act('app.copy', { text: link });
    if (done !== undefined) toast('good', contactWords.callLinkCopied(link));
  };
  return (
    <div className={css.form}>
      <TextArea
        label={contactWords.callButtonText}
        value={text}
        maxLength={1024}
        onChange={(event) => setDraft({ ...draft, text: event.target.value })}
      />
      <TextField
        label={contactWords.callButtonLabel}
        value={label}
        maxLength={20}
        onChange={(event) => setDraft({ ...draft, label: event.target.value })}
      />
      <TextField
        label={contactWords.callButtonPayload}
        value={payload}
        maxLength={512}
        onChange={(event) => setDraft({ ...draft, payload: event.target.value })}
      />
      <Button
        look="accent"
        blocked={
          sending
            ? contactWords.sending
            : text.trim() === '' || label.trim() === ''
              ? contactWords.empty
              : undefined
        }
        onClick={() => void send()}
      >
        {contactWords.send}
      </Button>
      <Button look="quiet" size="small" icon="copy" onClick={() => void copy()}>
        {contactWords.callLink}
      </Button>
    </div>
  );
}
