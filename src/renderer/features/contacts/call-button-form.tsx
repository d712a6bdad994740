import { t } from '../../../shared/i18n/i18n.ts';
import { useState } from 'react';
import type { AccountView } from '../../../shared/ipc/account.ts';
import { callLink } from '../../lib/call-link.ts';
import { act, copyText } from '../../state/requests.ts';
import { keysOfPerson, useKept } from '../../state/drafts.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import css from './composer.module.css';

interface CallButtonFormProps {
  account: AccountView;
  party: { waId?: string | undefined; userId?: string | undefined };
  onSent: () => void;
}

const usual = () => ({
  text: t('contacts.callButtonTextDefault'),
  label: t('contacts.callButtonLabelDefault'),
  payload: '',
});

/** Sends a message with a call button, or copies the equivalent link. */
export function CallButtonForm({ account, party, onSent }: CallButtonFormProps) {
  const [draft, setDraft] = useKept(keysOfPerson('call-button', account.id, party), usual());
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
    onSent();
  };
  const copy = () => copyText(link, () => t('contacts.callLinkCopied', { link }));
  return (
    <div className={css.form}>
      <TextArea
        label={t('contacts.callButtonText')}
        value={text}
        maxLength={1024}
        onChange={(event) => setDraft({ ...draft, text: event.target.value })}
      />
      <TextField
        label={t('contacts.callButtonLabel')}
        value={label}
        maxLength={20}
        onChange={(event) => setDraft({ ...draft, label: event.target.value })}
      />
      <TextField
        label={t('contacts.callButtonPayload')}
        value={payload}
        maxLength={512}
        onChange={(event) => setDraft({ ...draft, payload: event.target.value })}
      />
      <Button
        look="accent"
        blocked={
          sending
            ? t('contacts.sending')
            : text.trim() === '' || label.trim() === ''
              ? t('contacts.empty')
              : undefined
        }
        onClick={() => void send()}
      >
        {t('contacts.send')}
      </Button>
      <Button look="quiet" size="small" icon="copy" onClick={() => void copy()}>
        {t('contacts.callLink')}
      </Button>
    </div>
  );
}
