import field from './field.module.css';

interface LockedValueProps {
  label: string;
  /** As its field would show it. */
  value: string;
  /** Why it cannot be changed. */
  why: string;
}

/** A setting that the agent can see but not change. */
export function LockedValue({ label, value, why }: LockedValueProps) {
  return (
    <div className={field.field}>
      <span className={field.label}>{label}</span>
      <span>
        <bdi>{value}</bdi>
      </span>
      <span className={field.note}>{why}</span>
    </div>
  );
}
