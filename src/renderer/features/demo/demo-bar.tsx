import { t } from '../../../shared/i18n/i18n.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { show, toast, useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import css from './demo-bar.module.css';

/** Shown above everything while the demo is open: what does not ring, and the way to one's own numbers. */
export function DemoBar() {
  const isDemo = useSnapshot(({ app }) => app.workspace === 'demo');
  const agent = useSnapshot(({ app }) => app.ownNumbersOf);
  const view = useUi(({ view }) => view);
  if (!isDemo) return null;
  if (agent === undefined) {
    return (
      <aside className={css.bar} aria-label={t('workspaces.plainBar')}>
        <Icon name="people" />
        <p className={css.text}>{t('workspaces.plainBar')}</p>
        {view !== 'start' && (
          <Button size="small" onClick={() => show('start')}>
            {t('workspaces.setUp')}
          </Button>
        )}
      </aside>
    );
  }
  const goBack = async () => {
    const done = await act('profile.use-own', {});
    if (done !== undefined) toast('good', () => t('workspaces.back', { agent }));
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
