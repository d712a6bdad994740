import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { AccountView } from '../../../shared/ipc/account.ts';
import { keysOfPerson, useKeptText } from '../../state/drafts.ts';
import { act } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import css from './composer.module.css';

interface NumberFormProps {
  account: AccountView;
  party: { waId?: string | undefined; userId?: string | undefined };
  onSent: () => void;
}

/** Asks somebody who hides their number for it. */
export function NumberForm({ account, party, onSent }: NumberFormProps) {
  const [text, setText, discard] = useKeptText(
    keysOfPerson('number', account.id, party),
    t('contacts.askNumberDefault'),
  );
  const [sending, setSending] = useState(false);
  const send = async () => {
    setSending(true);
    const done = await act('messages.contact-request', { accountId: account.id, party, text });
    setSending(false);
    if (done === undefined) return;
    discard(text);
    onSent();
  };
  return (
    <div className={css.form}>
      <TextArea
        label={t('contacts.askNumberText')}
        value={text}
        maxLength={1024}
        onChange={(event) => setText(event.target.value)}
      />
      <p>{t('contacts.askNumberNote')}</p>
      <Button
        look="accent"
        blocked={
          sending ? t('contacts.sending') : text.trim() === '' ? t('contacts.empty') : undefined
        }
        onClick={() => void send()}
      >
        {t('contacts.send')}
      </Button>
    </div>
  );
}
