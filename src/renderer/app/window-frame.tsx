import { i18n, t } from '../../shared/i18n/i18n.ts';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import {
  Fragment,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { isRightToLeft, type Language } from '../../shared/i18n/languages.ts';
import { focusPlace, type Place } from '../lib/focus-place.ts';
import { useSnapshotStore } from '../state/snapshot-store.ts';
import css from './window-frame.module.css';

/** The element that a page renders into. */
export function rootElement(): HTMLElement {
  const element = document.querySelector<HTMLElement>('#root');
  if (!element) throw new Error('the page has no #root');
  return element;
}

/** Shared by both pages: theme, tooltips, language and its direction, and waiting for the first snapshot. */
export function WindowFrame({ children }: { children: ReactNode }) {
  const theme = useSnapshotStore(({ snapshot }) => snapshot?.settings.theme);
  const ready = useSnapshotStore(({ snapshot }) => snapshot !== undefined);
  const language = useLanguage();
  const direction = isRightToLeft(language) ? 'rtl' : 'ltr';
  useEffect(() => {
    if (theme === undefined || theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={direction}>
        <Tooltip.Provider>
          {/* A new key renders every text anew. */}
          <Fragment key={language}>{ready ? children : <Waking />}</Fragment>
        </Tooltip.Provider>
      </DirectionProvider>
    </CSPProvider>
  );
}

/** Where the focus was before the language changed. */
let focused: Place | undefined;

function watchLanguage(callback: () => void): () => void {
  return i18n.onLanguageChange(() => {
    focused = focusPlace();
    callback();
  });
}

/** The language of the page. The focus stays in its place when it changes. */
function useLanguage(): Language {
  const language = useSyncExternalStore(watchLanguage, i18n.language);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = isRightToLeft(language) ? 'rtl' : 'ltr';
    focused?.focus();
    focused = undefined;
  }, [language]);
  return language;
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
