import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { type ReactNode, useEffect, useState } from 'react';
import { useDesk } from '../state/desk.ts';
import { words } from '../words.ts';
import css from './window-frame.module.css';

/** Where a page puts its screens. */
export function rootElement(): HTMLElement {
  const element = document.querySelector<HTMLElement>('#root');
  if (!element) throw new Error('the page has no #root');
  return element;
}

/** What both pages share: theme, policy, and waiting for main's first word. */
export function WindowFrame({ children }: { children: ReactNode }) {
  const theme = useDesk(({ snapshot }) => snapshot?.settings.theme);
  const ready = useDesk(({ snapshot }) => snapshot !== undefined);
  useEffect(() => {
    if (theme === undefined || theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider>{ready ? children : <Waking />}</Tooltip.Provider>
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
  return <output className={css.waking}>{long ? words.unreachable : words.loading}</output>;
}
