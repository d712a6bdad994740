import { act } from '../../state/act.ts';
import { useSnapshot } from '../../state/desk.ts';
import { toast } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { workspaceWords } from '../../words.ts';
import css from './demo-bar.module.css';

/** Above everything while the demo is open instead of numbers that would ring otherwise. */
export function DemoBar() {
  const agent = useSnapshot(({ app }) => app.ownNumbersOf);
  if (agent === undefined) return null;
  const goBack = async () => {
    const done = await act('profile.use-own', {});
    if (done !== undefined) toast('good', workspaceWords.back(agent));
  };
  return (
    <aside className={css.bar} aria-label={workspaceWords.bar}>
      <Icon name="people" />
      <p className={css.text}>{workspaceWords.bar}</p>
      <Button size="small" icon="back" onClick={() => void goBack()}>
        {workspaceWords.backToOwn(agent)}
      </Button>
    </aside>
  );
}
