import { t } from '../../../shared/i18n/i18n.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';

/** What a remote desktop means for the sound of calls. */
export function RemoteSessionNote() {
  const session = useSnapshot(({ app }) => app.remoteSession);
  if (session === undefined) return null;
  return (
    <p role="note">
      <strong>
        {t('settings.remoteSession', { name: t(`settings.remoteSessions.${session}`) })}
      </strong>{' '}
      {t('settings.remoteSound')}
    </p>
  );
}
