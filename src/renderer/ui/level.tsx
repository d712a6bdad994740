import css from './level.module.css';

/** A live audio level, 0–1. */
export function Level({ level, label }: { level: number; label: string }) {
  return <meter className={css.level} aria-label={label} min={0} max={1} value={level} />;
}
