import type { IconName } from '../../ui/icon.tsx';

/** One thing that can be done from the palette. */
export interface Command {
  id: string;
  label: string;
  icon: IconName;
  keys?: string | undefined;
  /** Beside the label, e.g. a person's number. */
  detail?: string | undefined;
  /** Why it cannot be done now. */
  blocked?: string | undefined;
  /** Shown whatever was typed, because it is made of what was typed. */
  always?: boolean;
  run: () => void;
}

/** The commands in which every typed word begins some word, those that can be done first. */
export function matching(commands: readonly Command[], typed: string): readonly Command[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter(({ label, always }) => {
    if (always) return true;
    const words = label.toLowerCase().split(/\s+/);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  });
  return found.toSorted((a, b) => Number(Boolean(a.blocked)) - Number(Boolean(b.blocked)));
}
