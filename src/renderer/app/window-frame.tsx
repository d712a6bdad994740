import { i18n, t } from '../../shared/i18n/i18n.ts';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { Fragment, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { useSnapshotStore } from '../state/snapshot-store.ts';
import css from './window-frame.module.css';

/** The element that a page renders into. */
export function rootElement(): HTMLElement {
  const element = document.querySelector<HTMLElement>('#root');
  if (!element) throw new Error('the page has no #root');
  return element;
}

/** Shared by both pages: theme, tooltips, language, and waiting for the first snapshot. */
export function WindowFrame({ children }: { children: ReactNode }) {
  const theme = useSnapshotStore(({ snapshot }) => snapshot?.settings.theme);
  const ready = useSnapshotStore(({ snapshot }) => snapshot !== undefined);
  // A new key renders every text anew.
  const language = useSyncExternalStore(i18n.onLanguageChange, i18n.language);
  useEffect(() => {
    if (theme === undefined || theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider>
        <Fragment key={language}>{ready ? children : <Waking />}</Fragment>
      </Tooltip.Provider>
    </CSPProvider>
  );
}

const PATIENCE_MS = 5000;

function Waking() {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <output className={css.waking}>{long ? t('common.unreachable') : t('common.loading')}</output>
  );
}
