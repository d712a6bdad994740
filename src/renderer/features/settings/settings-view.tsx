import { t } from '../../../shared/i18n/i18n.ts';
import type { Settings } from '../../../shared/ipc/settings.ts';
import { act } from '../../state/requests.ts';
import { useLock } from '../../state/organisation.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { useUi } from '../../state/ui.ts';
import { Page } from '../../ui/page.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { AgentsSettings } from './agents/agents-settings.tsx';
import { CallLogSettings } from './call-log-settings.tsx';
import { AudioSettings } from './audio-settings.tsx';
import { LooksSettings } from './looks-settings.tsx';
import { LinksSettings } from './programs/links.tsx';
import { LocalApiSettings } from './programs/local-api.tsx';
import { ScreenPopSettings } from './programs/screen-pop.tsx';
import { DiagnosticsSettings } from './devices/diagnostics.tsx';
import { HeadsetSettings } from './devices/headset-settings.tsx';
import { SoundCheck } from './devices/sound-check.tsx';
import { keyProblem, ShortcutField } from './shortcut-field.tsx';
import { NumberPage } from './number/number-page.tsx';
import { RateCardSettings } from './rate-card.tsx';
import { UpdateSettings } from './update-settings.tsx';
import { WorkspaceSettings } from './workspace.tsx';
import { RemoteSessionNote } from './remote-session-note.tsx';
import { Section } from './section.tsx';

interface SettingsViewProps {
  /** Rings once on the device for ringing. */
  onTestRing: () => void;
  onTestSpeaker: () => void;
  onHearYourself: () => void;
  /** Asks for a headset with buttons. */
  onConnectHeadset: () => Promise<boolean>;
}

/** The settings. Every change applies at once; there is nothing to save. */
export function SettingsView({ onConnectHeadset, ...tests }: SettingsViewProps) {
  const number = useUi(({ numberSettings }) => numberSettings);
  const settings = useSnapshot(({ settings }) => settings);
  const keys = useSnapshot(({ keys }) => keys);
  const account = useSnapshot(({ accounts }) => accounts.find(({ id }) => id === number));
  const locks = {
    showRingWindow: useLock('showRingWindow'),
    showNotification: useLock('showNotification'),
    announceMessages: useLock('announceMessages'),
  };
  const change = (changes: Partial<Settings>) => void act('settings.set', { settings: changes });
  if (account) {
    return (
      <NumberPage
        key={account.id}
        account={account}
        onClose={() => useUi.setState({ numberSettings: undefined })}
      />
    );
  }
  return (
    <Page title={t('views.settings')}>
      <Section title={t('settings.sound')}>
        <AudioSettings settings={settings} onChange={change} onTestRing={tests.onTestRing} />
        <RemoteSessionNote />
      </Section>
      <SoundCheck {...tests} />
      <HeadsetSettings onConnect={onConnectHeadset} />
      <Section title={t('settings.whenItRings')}>
        <Toggle
          label={t('settings.showRingWindow')}
          note={t('settings.showRingWindowNote')}
          checked={settings.showRingWindow}
          locked={locks.showRingWindow}
          onChange={(showRingWindow) => change({ showRingWindow })}
        />
        <Toggle
          label={t('settings.showNotification')}
          note={t('settings.showNotificationNote')}
          checked={settings.showNotification}
          locked={locks.showNotification}
          onChange={(showNotification) => change({ showNotification })}
        />
        <Toggle
          label={t('settings.announceMessages')}
          note={t('settings.announceMessagesNote')}
          checked={settings.announceMessages}
          locked={locks.announceMessages}
          onChange={(announceMessages) => change({ announceMessages })}
        />
        <Toggle
          label={t('workspaces.trayHint')}
          note={t('workspaces.trayHintNote')}
          checked={settings.trayHint}
          onChange={(trayHint) => change({ trayHint })}
        />
        <ShortcutField
          label={t('settings.acceptShortcut')}
          problem={keyProblem(keys.accept)}
          value={settings.acceptShortcut}
          onChange={(acceptShortcut) => change({ acceptShortcut })}
        />
        <ShortcutField
          label={t('settings.declineShortcut')}
          problem={keyProblem(keys.decline)}
          value={settings.declineShortcut}
          onChange={(declineShortcut) => change({ declineShortcut })}
        />
        <ShortcutField
          label={t('globalKeys.mute')}
          note={t('globalKeys.muteNote')}
          problem={keyProblem(keys.mute)}
          value={settings.muteShortcut}
          onChange={(muteShortcut) => change({ muteShortcut })}
        />
      </Section>
      <LinksSettings settings={settings} keyState={keys.selection} onChange={change} />
      <ScreenPopSettings settings={settings} onChange={change} />
      <LocalApiSettings settings={settings} onChange={change} />
      <LooksSettings settings={settings} onChange={change} />
      <AgentsSettings />
      <RateCardSettings />
      <CallLogSettings />
      <WorkspaceSettings />
      <UpdateSettings />
      <DiagnosticsSettings />
    </Page>
  );
}
