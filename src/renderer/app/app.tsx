import { type ReactNode } from 'react';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { useUi, type View } from '../state/ui.ts';
import { CallsView } from '../features/dialpad/calls-view.tsx';
import { Dock } from './dock.tsx';
import css from './app.module.css';

/** The console: rail, the calls' place, and the view below it. */
export function App() {
  const view = useUi(({ view }) => view);
  return (
    <div className={css.app}>
      <div className={css.column}>
        <Dock />
        <main className={css.view}>{screenOf(view)}</main>
      </div>
    </div>
  );
}

function screenOf(view: View): ReactNode {
  switch (view) {
    case 'calls':
      return <CallsView />;
    case 'history':
    case 'demo':
    case 'settings':
      return null;
    default:
      return assertNever(view, 'view');
  }
}
