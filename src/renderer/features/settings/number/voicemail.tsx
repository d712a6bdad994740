import { useState } from 'react';
import { t } from '../../../../shared/i18n/i18n.ts';
import type { AccountView } from '../../../../shared/ipc/account.ts';
import {
  LONGEST_VOICEMAIL_WAIT,
  voicemailTriggers,
  type NumberSettings,
  type VoicemailTrigger,
} from '../../../../shared/providers/number-settings.ts';
import type { Announcement } from '../../../media/announcement.ts';
import { TextField } from '../../../ui/field.tsx';
import { SaveForm } from '../../../ui/save-form.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { Section } from '../section.tsx';
import { AnnouncementField } from './announcement.tsx';
import { useNumberForm } from './use-number.ts';
import css from './number.module.css';

interface VoicemailProps {
  account: AccountView;
  settings: NumberSettings;
}

/** Whether callers whom nobody answers may leave a message, and what they hear first. */
export function VoicemailSection({ account, settings }: VoicemailProps) {
  const { voicemail, hours } = settings;
  return (
    <Section title={t('numbers.voicemail')}>
      {voicemail ? (
        <VoicemailForm
          account={account}
          voicemail={voicemail}
          hasHours={hours?.value !== undefined}
        />
      ) : (
        <p className={css.quiet}>
          {t('numbers.voicemailNotOffered', { provider: t(`providerNames.${account.provider}`) })}
        </p>
      )}
    </Section>
  );
}

interface FormProps {
  account: AccountView;
  voicemail: NonNullable<NumberSettings['voicemail']>;
  hasHours: boolean;
}

interface Draft {
  on: boolean;
  triggers: readonly VoicemailTrigger[];
  /** As typed. */
  wait: string;
}

function VoicemailForm({ account, voicemail, hasHours }: FormProps) {
  const { on, triggers, waitSeconds, announcement } = voicemail;
  const [made, setMade] = useState<Announcement>();
  const form = useNumberForm<Draft>(account.id, 'voicemail', {
    on,
    // What a number starts with that never had a voicemail.
    triggers: on || triggers.length > 0 ? triggers : voicemailTriggers,
    wait: waitSeconds === undefined ? '' : String(waitSeconds),
  });
  const { value } = form;
  const change = (changes: Partial<Draft>) => form.set({ ...value, ...changes });
  const canUpload = account.capabilities.announcement === 'available';
  const hasAnnouncement = made !== undefined || announcement !== undefined;
  const save = async () => {
    const { wait, ...rest } = value;
    const next = {
      ...rest,
      announcement,
      ...(wait.trim() !== '' && { waitSeconds: Number(wait) }),
    };
    if (await form.save({ voicemail: next }, made?.bytes)) setMade(undefined);
  };
  return (
    <SaveForm
      form={{
        ...form,
        changed: form.changed || made !== undefined,
        undo() {
          setMade(undefined);
          form.undo();
        },
      }}
      problems={value.on ? problemsOf(value, !canUpload || hasAnnouncement) : []}
      onSave={() => void save()}
    >
      <Toggle
        label={t('numbers.voicemailOn')}
        note={t('numbers.voicemailOnNote')}
        checked={value.on}
        onChange={(next) => change({ on: next })}
      />
      {value.on && hasHours && <p className={css.soon}>{t('numbers.voicemailHours')}</p>}
      {value.on && (
        <>
          {voicemailTriggers.map((one) => (
            <Toggle
              key={one}
              label={t(`numbers.voicemailTriggers.${one}`)}
              checked={value.triggers.includes(one)}
              onChange={(isOn) =>
                change({
                  triggers: voicemailTriggers.filter((each) =>
                    each === one ? isOn : value.triggers.includes(each),
                  ),
                })
              }
            />
          ))}
          <TextField
            label={t('numbers.voicemailWait')}
            note={t('numbers.voicemailWaitNote')}
            inputMode="numeric"
            value={value.wait}
            onChange={(event) => change({ wait: event.target.value })}
          />
          {canUpload ? (
            <AnnouncementField
              isSet={announcement !== undefined}
              made={made}
              onMade={(next) => setMade(next)}
            />
          ) : (
            <p className={css.quiet}>
              {t('numbers.announcements.elsewhere', {
                provider: t(`providerNames.${account.provider}`),
              })}
            </p>
          )}
        </>
      )}
    </SaveForm>
  );
}

function problemsOf({ triggers, wait }: Draft, hasAnnouncement: boolean): readonly string[] {
  const isWaitGood = wait.trim() === '' || isWait(wait.trim());
  return [
    triggers.length === 0 && t('numbers.voicemailNoTrigger'),
    !isWaitGood && t('numbers.voicemailBadWait'),
    !hasAnnouncement && t('numbers.announcements.missing'),
  ].filter((problem) => problem !== false);
}

const isWait = (text: string): boolean =>
  /^\d{1,2}$/.test(text) && Number(text) <= LONGEST_VOICEMAIL_WAIT;
