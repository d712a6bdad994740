import { useSnapshot } from '../../state/desk.ts';
import { show } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { words } from '../../words.ts';

/** Beside an empty number field: what happens here, and the first step. */
export function Teaching() {
  const demo = useSnapshot(({ app }) => app.workspace === 'demo');
  return (
    <Empty
      icon="phone"
      title={demo ? words.teachDemoTitle : words.teachCallTitle}
      text={demo ? words.teachDemo : words.teachCall}
    >
      {demo && (
        <Button look="accent" icon="people" onClick={() => show('demo')}>
          {words.openDemo}
        </Button>
      )}
    </Empty>
  );
}
