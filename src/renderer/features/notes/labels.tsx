import { t } from '../../../shared/i18n/i18n.ts';
import { Button } from '../../ui/button.tsx';
import css from './labels.module.css';

interface LabelsProps {
  /** What they are called. */
  name: string;
  /** What the agent may choose from. */
  choices: readonly string[];
  chosen: readonly string[];
  /** The first nine are chosen by their digits. */
  numbered?: boolean;
  isRequired?: boolean;
  onToggle: (label: string) => void;
}

/** Names that an agent chooses for a call. Chosen ones stay to be seen when the admin removed them. */
export function Labels(props: LabelsProps) {
  const { name, choices, chosen, numbered = false, isRequired = false, onToggle } = props;
  const shown = [...new Set([...choices, ...chosen])];
  if (shown.length === 0) return null;
  const isMissing = isRequired && chosen.length === 0;
  return (
    <section className={css.labels} aria-label={name}>
      <h3 className={css.name}>
        {name}
        {isMissing && <span className={css.required}> · {t('notes.required')}</span>}
      </h3>
      <div className={css.list}>
        {shown.map((label, index) => {
          const digit = numbered && index < 9 ? String(index + 1) : undefined;
          return (
            <Button
              key={label}
              size="small"
              pressed={chosen.includes(label)}
              keys={digit}
              aria-keyshortcuts={digit}
              onClick={() => onToggle(label)}
            >
              <bdi>{label}</bdi>
            </Button>
          );
        })}
      </div>
    </section>
  );
}
