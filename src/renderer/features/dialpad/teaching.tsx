import { t } from '../../../shared/i18n/i18n.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { show } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';

/** Beside an empty number field: what happens here, and the first step. */
export function Teaching() {
  const demo = useSnapshot(({ app }) => app.workspace === 'demo');
  return (
    <Empty
      icon="phone"
      title={demo ? t('dialpad.teachDemoTitle') : t('dialpad.teachCallTitle')}
      text={demo ? t('dialpad.teachDemo') : t('dialpad.teachCall')}
    >
      {demo && (
        <Button look="accent" icon="people" onClick={() => show('demo')}>
          {t('dialpad.openDemo')}
        </Button>
      )}
    </Empty>
  );
}
