import type { Settings } from '../../../shared/ipc/model.ts';
import { act } from '../../state/act.ts';
import { useSnapshot } from '../../state/desk.ts';
import { useUi } from '../../state/ui.ts';
import { Choice } from '../../ui/choice.tsx';
import { CountryPicker } from '../../ui/country-picker.tsx';
import { Page } from '../../ui/page.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { views, words, workspaceWords } from '../../words.ts';
import { AudioSettings } from './audio-settings.tsx';
import { ShortcutField } from './shortcut-field.tsx';
import { NumberPage } from './number/number-page.tsx';
import { Prices } from './rate-card.tsx';
import { Workspace } from './workspace.tsx';
import { Section } from './section.tsx';

interface SettingsViewProps {
  /** Rings once on the chosen device. */
  onTestRing: () => void;
}

/** What can be changed. Every change holds at once; there is nothing to save. */
export function SettingsView({ onTestRing }: SettingsViewProps) {
  const number = useUi(({ numberSettings }) => numberSettings);
  const settings = useSnapshot(({ settings }) => settings);
  const keys = useSnapshot(({ keys }) => keys);
  const account = useSnapshot(({ accounts }) => accounts.find(({ id }) => id === number));
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
    <Page title={views.settings}>
      <Section title={words.sound}>
        <AudioSettings settings={settings} onChange={change} onTestRing={onTestRing} />
      </Section>
      <Section title={words.whenItRings}>
        <Toggle
          label={words.showRingWindow}
          note={words.showRingWindowNote}
          checked={settings.showRingWindow}
          onChange={(showRingWindow) => change({ showRingWindow })}
        />
        <Toggle
          label={words.showNotification}
          note={words.showNotificationNote}
          checked={settings.showNotification}
          onChange={(showNotification) => change({ showNotification })}
        />
        <Toggle
          label={workspaceWords.trayHint}
          note={workspaceWords.trayHintNote}
          checked={settings.trayHint}
          onChange={(trayHint) => change({ trayHint })}
        />
        <ShortcutField
          label={words.acceptShortcut}
          problem={keys.accept === 'taken' ? workspaceWords.keysTaken : undefined}
          value={settings.acceptShortcut}
          onChange={(acceptShortcut) => change({ acceptShortcut })}
        />
        <ShortcutField
          label={words.declineShortcut}
          problem={keys.decline === 'taken' ? workspaceWords.keysTaken : undefined}
          value={settings.declineShortcut}
          onChange={(declineShortcut) => change({ declineShortcut })}
        />
      </Section>
      <Section title={words.looks}>
        <Choice
          label={words.theme}
          value={settings.theme}
          options={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: words.themes[value],
          }))}
          onChange={(theme) => change({ theme })}
        />
        <div>
          <p>{words.defaultCountry}</p>
          <CountryPicker
            label={words.defaultCountry}
            value={settings.defaultCountry}
            onChange={(defaultCountry) => change({ defaultCountry })}
          />
        </div>
      </Section>
      <Prices />
      <Workspace />
    </Page>
  );
}
