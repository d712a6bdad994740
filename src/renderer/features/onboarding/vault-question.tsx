import { t } from '../../../shared/i18n/i18n.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Button } from '../../ui/button.tsx';
import { Question } from '../../ui/dialog.tsx';

/** Asks how to store secrets on a machine that can only store them weakly. */
export function VaultQuestion() {
  const vault = useSnapshot(({ vault }) => vault);
  const workspace = useSnapshot(({ app }) => app.workspace);
  const ringing = useSnapshot(({ calls }) => calls.some(({ phase }) => phase.name !== 'ended'));
  // The demo has no real secrets, and a call comes first.
  if (vault.state !== 'needs-consent' || workspace !== 'profile' || ringing) return null;
  return (
    <Question title={t('vault.vaultTitle')} text={t('vault.vaultText', { backend: vault.backend })}>
      {/* First, so it has the focus: pressing Enter must not store secrets weakly. */}
      <Button look="accent" onClick={() => void act('vault.choose', { storeWeakly: false })}>
        {t('vault.memoryOnly')}
      </Button>
      <Button onClick={() => void act('vault.choose', { storeWeakly: true })}>
        {t('vault.storeAnyway')}
      </Button>
    </Question>
  );
}
