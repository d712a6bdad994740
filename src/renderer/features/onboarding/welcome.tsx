import { t } from '../../../shared/i18n/i18n.ts';
import { act } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import css from './welcome.module.css';

/** The first screen: open the demo or import a profile. */
export function WelcomeScreen() {
  return (
    <div className={css.welcome}>
      <span className={css.mark} aria-hidden="true">
        <Icon name="phone" size={24} />
      </span>
      <h1 className={css.title}>{t('welcome.welcomeTitle')}</h1>
      <p className={css.text}>{t('welcome.welcomeText')}</p>
      <div className={css.ways}>
        <section className={css.way}>
          <h2>{t('welcome.tryTitle')}</h2>
          <p>{t('welcome.tryText')}</p>
          <Button look="accent" onClick={() => void act('profile.use-demo', {})}>
            {t('welcome.takeDemo')}
          </Button>
        </section>
        <section className={css.way}>
          <h2>{t('welcome.importTitle')}</h2>
          <p>{t('welcome.importText')}</p>
          <Button onClick={() => void act('profile.import', {})}>
            {t('welcome.importProfile')}
          </Button>
        </section>
      </div>
    </div>
  );
}
