import { useState } from 'react';
import { t } from '../../../../shared/i18n/i18n.ts';
import type { WindowReport } from '../../../../shared/diagnostics/report.ts';
import { findDevices } from '../../../media/devices.ts';
import { act } from '../../../state/requests.ts';
import { useLive } from '../../../state/live.ts';
import { toast } from '../../../state/ui.ts';
import { Button } from '../../../ui/button.tsx';
import { Question } from '../../../ui/dialog.tsx';
import { Section } from '../section.tsx';
import css from './devices.module.css';

/** Makes the file for the admin, and shows what is in it before it is saved. */
export function DiagnosticsSettings() {
  const [text, setText] = useState<string>();
  const [making, setMaking] = useState(false);
  const make = async () => {
    setMaking(true);
    const made = await act('diagnostics.make', { window: await windowReport() });
    setMaking(false);
    setText(made?.text);
  };
  const save = async () => {
    const saved = await act('diagnostics.save', {});
    if (!saved) return;
    setText(undefined);
    toast('good', () => t('diagnostics.saved', { path: saved.path }));
  };
  return (
    <Section title={t('diagnostics.title')}>
      <p className={css.quiet}>{t('diagnostics.note')}</p>
      <div className={css.actions}>
        <Button
          icon="export"
          blocked={making ? t('diagnostics.making') : undefined}
          onClick={() => void make()}
        >
          {making ? t('diagnostics.making') : t('diagnostics.make')}
        </Button>
      </div>
      {text !== undefined && (
        <Question
          title={t('diagnostics.preview')}
          text={t('diagnostics.previewNote')}
          onClose={() => setText(undefined)}
          content={
            <textarea
              className={css.preview}
              readOnly
              dir="ltr"
              rows={16}
              aria-label={t('diagnostics.preview')}
              value={text}
            />
          }
        >
          <Button onClick={() => setText(undefined)}>{t('diagnostics.close')}</Button>
          <Button look="accent" onClick={() => void save()}>
            {t('diagnostics.save')}
          </Button>
        </Question>
      )}
    </Section>
  );
}

async function windowReport(): Promise<WindowReport> {
  const { devices } = await findDevices();
  const { labels, headsets = [], network } = useLive.getState();
  const [headset] = headsets;
  return {
    microphonePermission: await microphonePermission(),
    devices: devices.map(({ kind, label }) => ({ kind, label })),
    inUse: labels,
    headset: headset && { name: headset.name, controls: headset.controls },
    network,
  };
}

async function microphonePermission(): Promise<string> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state;
  } catch {
    return 'unknown';
  }
}
