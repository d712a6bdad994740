import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import { moment } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { toast } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from './section.tsx';
import css from './workspace.module.css';

/** Where the call log is, and how it is protected. */
export function CallLogSettings() {
  const storage = useSnapshot((snapshot) => snapshot.storage);
  const now = useNow(60_000);
  const [isWanted, setWanted] = useState(false);
  if (!storage) return null;
  const { path, isEncrypted, copiedAt } = storage;
  const renew = async () => {
    if ((await act('storage.new-key', {})) === undefined) return;
    setWanted(true);
    toast('good', () => t('callLog.newKeySoon'));
  };
  return (
    <Section title={t('callLog.title')}>
      <p className="selectable">
        <bdi>{path}</bdi>
      </p>
      <p>{isEncrypted ? t('callLog.encrypted') : t('callLog.notEncrypted')}</p>
      <p className={css.quiet}>
        {copiedAt === undefined
          ? t('callLog.noCopy')
          : t('callLog.copied', { moment: moment(copiedAt, Math.max(now, copiedAt)) })}
      </p>
      {isEncrypted && (
        <div className={css.actions}>
          <Button
            blocked={isWanted ? t('callLog.newKeySoon') : undefined}
            onClick={() => void renew()}
          >
            {t('callLog.newKey')}
          </Button>
        </div>
      )}
    </Section>
  );
}
