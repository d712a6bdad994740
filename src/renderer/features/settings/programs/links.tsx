import { useQuery, useQueryClient } from '@tanstack/react-query';
import { t } from '../../../../shared/i18n/i18n.ts';
import type { KeyState } from '../../../../shared/ipc/snapshot.ts';
import type { Settings } from '../../../../shared/ipc/settings.ts';
import type { LinkHandler } from '../../../../shared/ipc/programs.ts';
import { act, fetchFromMain, queryErrorMessage } from '../../../state/requests.ts';
import { useLock } from '../../../state/organisation.ts';
import { Toggle } from '../../../ui/toggle.tsx';
import { Section } from '../section.tsx';
import { keyProblem, ShortcutField } from '../shortcut-field.tsx';
import css from './programs.module.css';

interface LinksSettingsProps {
  settings: Settings;
  keyState: KeyState;
  onChange: (changes: Partial<Settings>) => void;
}

const KEY = ['links'];
const isLinux = navigator.userAgent.includes('Linux');

/** Which links open here, and the key that takes a selected number. */
export function LinksSettings({ settings, keyState, onChange }: LinksSettingsProps) {
  const queries = useQueryClient();
  const lock = useLock('ringdeskLinks');
  // The agent may have chosen another program meanwhile.
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: () => fetchFromMain('links.get', {}),
    refetchOnWindowFocus: true,
  });
  const set = async (scheme: LinkHandler['scheme'], on: boolean) => {
    const handlers = await act('links.set', { scheme, on });
    if (handlers) queries.setQueryData(KEY, handlers);
  };
  return (
    <Section title={t('links.title')}>
      <p className={css.quiet}>{t('links.intro')}</p>
      <ShortcutField
        label={t('links.key')}
        note={isLinux ? t('links.keyNote') : t('links.keyNoteCopy')}
        problem={selectionProblem(settings, keyState)}
        value={settings.selectionShortcut}
        onChange={(selectionShortcut) => onChange({ selectionShortcut })}
      />
      {error && <p className={css.bad}>{queryErrorMessage(error).what}</p>}
      {data?.every(({ state }) => state === 'unknown-program') === true ? (
        <p className={css.quiet}>{t('links.states.unknown-program')}</p>
      ) : (
        data?.map((handler) => (
          <Toggle
            key={handler.scheme}
            label={t(`links.schemes.${handler.scheme}`)}
            note={noteOf(handler)}
            checked={handler.state === 'ours'}
            locked={handler.scheme === 'ringdesk' ? lock : undefined}
            onChange={(on) => void set(handler.scheme, on)}
          />
        ))
      )}
    </Section>
  );
}

function noteOf({ scheme, state, program = '' }: LinkHandler): string {
  const said =
    state === 'other' ? t('links.states.other', { program }) : t(`links.states.${state}`);
  return scheme === 'whatsapp' ? t('links.whatsappNote', { state: said }) : said;
}

function selectionProblem(settings: Settings, state: KeyState): string | undefined {
  const { selectionShortcut: keys, acceptShortcut, declineShortcut } = settings;
  if (keys !== '' && (keys === acceptShortcut || keys === declineShortcut))
    return t('links.keysTwice');
  return keyProblem(state);
}
