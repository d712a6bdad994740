import { t } from '../../../shared/i18n/i18n.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { toast } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import css from './demo-bar.module.css';

/** Shown above everything while the demo is open although a profile has been imported. */
export function DemoBar() {
  const agent = useSnapshot(({ app }) => app.ownNumbersOf);
  if (agent === undefined) return null;
  const goBack = async () => {
    const done = await act('profile.use-own', {});
    if (done !== undefined) toast('good', t('workspaces.back', { agent }));
  };
  return (
    <aside className={css.bar} aria-label={t('workspaces.bar')}>
      <Icon name="people" />
      <p className={css.text}>{t('workspaces.bar')}</p>
      <Button size="small" icon="back" onClick={() => void goBack()}>
        {t('workspaces.backToOwn', { agent })}
      </Button>
    </aside>
  );
}
