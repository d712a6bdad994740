import { useSnapshot } from '../../state/snapshot-store.ts';
import { Icon } from '../../ui/icon.tsx';
import { historyGap, historyWaits } from '../../messages/storage.ts';
import css from './gap.module.css';

/** Above the list: why it may be shorter than it was. An empty list alone would say that nobody ever called. */
export function Gap() {
  const storage = useSnapshot(({ storage }) => storage);
  const lines = storage ? [historyWaits(storage), historyGap(storage)] : [];
  return lines.map(
    (line) =>
      line !== undefined && (
        <p key={line.what} className={css.gap} aria-live="polite">
          <Icon name="warning" />
          <span>
            {line.what} <span className={css.path}>{line.path}</span>
          </span>
        </p>
      ),
  );
}
