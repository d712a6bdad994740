import { useState } from 'react';
import { t } from '../../../../shared/i18n/i18n.ts';
import { useLive } from '../../../state/live.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../section.tsx';
import css from './devices.module.css';

/** The headsets whose buttons act on calls, and the way to connect one. */
export function HeadsetSettings({ onConnect }: { onConnect: () => Promise<boolean> }) {
  const headsets = useLive(({ headsets }) => headsets);
  const [none, setNone] = useState(false);
  const connect = async () => setNone(!(await onConnect()));
  return (
    <Section title={t('headsets.title')}>
      <p className={css.quiet}>{t('headsets.note')}</p>
      {headsets !== undefined && headsets.length > 0 && (
        <ul className={css.checks}>
          {headsets.map(({ name, controls, hasMuteLight, failed }) => (
            <li key={name} className={css.check}>
              <div className={css.what}>
                <strong>
                  <bdi>{name}</bdi>
                </strong>
                <span className={failed ? css.bad : css.quiet}>
                  {failed
                    ? t('headsets.busy')
                    : t('headsets.connected', {
                        controls: [
                          ...controls.map((control) => t(`headsets.controls.${control}`)),
                          ...(hasMuteLight ? [t('headsets.muteLight')] : []),
                        ],
                      })}
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div className={css.actions}>
        <Button
          icon="headset"
          blocked={headsets === undefined ? t('headsets.impossible') : undefined}
          onClick={() => void connect()}
        >
          {t('headsets.connect')}
        </Button>
      </div>
      <output className={css.quiet}>{none && t('headsets.none')}</output>
    </Section>
  );
}
