import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useState } from 'react';
import { formats, isolated, t } from '../../../shared/i18n/i18n.ts';
import { LONGEST_TEAM_MESSAGE } from '../../../shared/protocol/limits.ts';
import { moment } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { useKeptText } from '../../state/drafts.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Button } from '../../ui/button.tsx';
import dialog from '../../ui/dialog.module.css';
import { TextArea } from '../../ui/field.tsx';
import css from './team-view.module.css';

/** To whom a message goes: an agent's id or a team's name, and the name that is shown. */
export interface Recipient {
  kind: 'agent' | 'team';
  name: string;
  shown: string;
}

/** Writes a short message. */
export function MessageDialog({ to, onClose }: { to: Recipient; onClose: () => void }) {
  const [text, setText] = useKeptText([`team-message/${to.kind}/${to.name}`]);
  const [isSending, setIsSending] = useState(false);
  const blocked =
    text.trim() === '' ? t('team.writeFirst') : isSending ? t('contacts.sending') : undefined;
  const send = async () => {
    setIsSending(true);
    const { kind, name } = to;
    const sent = await act('team.tell', { to: { kind, name }, text: text.trim() });
    setIsSending(false);
    if (sent === undefined) return;
    setText('');
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.scrim} />
        <Dialog.Popup className={dialog.popup}>
          <Dialog.Title className={dialog.title}>
            {t('team.messageTo', { name: to.shown })}
          </Dialog.Title>
          <Dialog.Description className={dialog.text}>{t('team.messageText')}</Dialog.Description>
          <div className={css.write}>
            <TextArea
              label={t('team.message')}
              maxLength={LONGEST_TEAM_MESSAGE}
              rows={3}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          <div className={dialog.actions}>
            <Button onClick={onClose}>{t('team.cancel')}</Button>
            <Button look="accent" blocked={blocked} onClick={() => void send()}>
              {t('team.send')}
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The messages that are kept, newest first. Who sees them has read them. */
export function Messages() {
  const messages = useSnapshot(({ messages }) => messages);
  const now = useNow(60_000);
  const unread = messages.some(({ isUnread }) => isUnread);
  useEffect(() => {
    if (unread) void act('team.read-messages', {});
  }, [unread]);
  if (messages.length === 0) return null;
  return (
    <section>
      <h2 className={css.heading}>{t('team.messages')}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- arrow keys scroll it */}
      <section className={css.messages} aria-label={t('team.messages')} tabIndex={0}>
        <ul>
          {messages.map(({ id, at, from, to, text, isOurs, readBy }) => (
            <li key={id} className={css.message}>
              <p className={css.quiet}>
                {isOurs ? t('team.toWhom', { name: to }) : <bdi>{from.name}</bdi>}
                {' · '}
                <time title={formats.exactDate(at)}>{moment(at, now)}</time>
                {readBy.length > 0 &&
                  ` · ${t('team.readBy', { names: formats.list(readBy.map(isolated)) })}`}
              </p>
              <p className={css.words} dir="auto">
                {text}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </section>
  );
}
