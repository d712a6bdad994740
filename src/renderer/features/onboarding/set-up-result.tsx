import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { Message } from '../../../shared/i18n/message.ts';
import type { NumberDone, SetUpDone } from '../../../shared/ipc/set-up.ts';
import { errorMessage } from '../../messages/errors.ts';
import { request } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import { CopyLine } from './copy-line.tsx';
import { useSetUp } from './set-up-state.ts';
import { handleJoined } from './joined.ts';
import { useReplace } from './use-replace.tsx';
import css from './start-view.module.css';

/** What was written, and what the admin does with it, in order. */
export function SetUpResult({ done }: { done: SetUpDone }) {
  const [joining, setJoining] = useState(false);
  const [failure, setFailure] = useState<Message>();
  const [replace, question] = useReplace();
  const { numbers, invitations, commands } = done;
  const [mine, ...others] = invitations;
  const join = async (link: string) => {
    setJoining(true);
    setFailure(undefined);
    const answer = await request('invitation.redeem', { text: link, relay: '' });
    setJoining(false);
    if (answer.ok) handleJoined(answer.value.agent);
    else setFailure(errorMessage(answer.error));
  };
  return (
    <>
      <p>
        {t('setUp.savedIn', { folder: done.folder })}{' '}
        <span className={css.quiet}>{t('setUp.savedNote')}</span>
      </p>
      <ol className={css.lines}>
        <li>
          <p>{t('setUp.startRelay')}</p>
          <CopyLine label={t('setUp.inContainers')} text={commands.containers} />
          <CopyLine label={t('setUp.withoutContainers')} text={commands.plain} />
        </li>
        {numbers.map((number) => (
          <li key={number.webhook.url}>
            <AtProvider {...number} />
          </li>
        ))}
        {others.length > 0 && (
          <li>
            <p>{t('setUp.sendInvitations')}</p>
            {others.map(({ name, link }) => (
              <CopyLine key={link} label={name} text={link} />
            ))}
          </li>
        )}
        {mine && (
          <li>
            <p>{t('setUp.useMine')}</p>
            <div className={css.actions}>
              <Button
                look="accent"
                blocked={joining ? t('invitation.joining') : undefined}
                onClick={() => replace(() => void join(mine.link))}
              >
                {t('setUp.joinHere', { name: mine.name })}
              </Button>
            </div>
          </li>
        )}
      </ol>
      {failure && <FailureCard message={failure} />}
      <Button look="quiet" onClick={() => useSetUp.setState({ done: undefined })}>
        {t('setUp.again')}
      </Button>
      {question}
    </>
  );
}

/** What is entered at the provider of a number. */
function AtProvider({ label, provider, webhook, forwardTo }: NumberDone) {
  return (
    <>
      <p>{t('setUp.atProvider', { label, provider: t(`providerNames.${provider}`) })}</p>
      <CopyLine label={t('setUp.webhook')} text={webhook.url} />
      {webhook.verifyToken !== undefined && (
        <>
          <CopyLine label={t('setUp.verifyToken')} text={webhook.verifyToken} />
          <p className={css.quiet}>{t('setUp.subscribe')}</p>
        </>
      )}
      {webhook.secret !== undefined && (
        <CopyLine label={t('setUp.webhookSecret')} text={webhook.secret} />
      )}
      {forwardTo !== undefined && <CopyLine label={t('setUp.forwardTo')} text={forwardTo} />}
    </>
  );
}
