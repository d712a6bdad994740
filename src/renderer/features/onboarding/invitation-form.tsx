import { useEffect, useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { Message } from '../../../shared/i18n/message.ts';
import { isInvitationLink } from '../../../shared/links/invitation.ts';
import { errorMessage } from '../../messages/errors.ts';
import { request } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Button } from '../../ui/button.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import { TextField } from '../../ui/field.tsx';
import { handleJoined } from './joined.ts';
import { useReplace } from './use-replace.tsx';
import css from './start-view.module.css';

/** Sets up this console from an invitation: its link, or its code and the relay's address. */
export function InvitationForm() {
  const opened = useSnapshot(({ app }) => app.invitation);
  const [text, setText] = useState('');
  const [relay, setRelay] = useState('');
  const [joining, setJoining] = useState(false);
  const [failure, setFailure] = useState<Message>();
  const [replace, question] = useReplace();
  const id = opened?.id;
  useEffect(() => {
    if (!opened) return;
    setText(opened.code);
    setRelay(opened.relay);
    setFailure(undefined);
    // oxlint-disable-next-line react/exhaustive-deps -- an invitation is filled in once, when it is opened
  }, [id]);

  const isLink = isInvitationLink(text);
  const join = async () => {
    setJoining(true);
    setFailure(undefined);
    const answer = await request('invitation.redeem', { text, relay });
    setJoining(false);
    if (answer.ok) handleJoined(answer.value.agent);
    else setFailure(errorMessage(answer.error));
  };
  const blocked = joining
    ? t('invitation.joining')
    : text.trim() === ''
      ? t('invitation.empty')
      : undefined;
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === undefined) replace(() => void join());
      }}
    >
      {opened && <p>{t('invitation.opened')}</p>}
      <TextField
        label={t('invitation.textLabel')}
        note={t('invitation.textNote')}
        value={text}
        dir="ltr"
        onChange={({ target }) => setText(target.value)}
      />
      {!isLink && (
        <TextField
          label={t('invitation.relayLabel')}
          note={t('invitation.relayNote')}
          value={relay}
          dir="ltr"
          onChange={({ target }) => setRelay(target.value)}
        />
      )}
      {failure && <FailureCard message={failure} />}
      <div className={css.actions}>
        <Button type="submit" look="accent" blocked={blocked}>
          {t('invitation.join')}
        </Button>
        {opened && (
          <Button
            look="quiet"
            onClick={() => {
              setText('');
              setRelay('');
              void request('invitation.dismiss', {});
            }}
          >
            {t('invitation.dismiss')}
          </Button>
        )}
      </div>
      {question}
    </form>
  );
}
