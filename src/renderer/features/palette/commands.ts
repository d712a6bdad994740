import type { IconName } from '../../ui/icon.tsx';

/** A command of the palette. */
export interface Command {
  id: string;
  label: string;
  icon: IconName;
  keys?: string | undefined;
  /** Words by which it is found as well. */
  also?: string | undefined;
  /** Shown beside the label, e.g. a person's number. */
  detail?: string | undefined;
  /** Why it cannot run now. */
  blocked?: string | undefined;
  /** Shown for any text, because it is made from that text. */
  always?: boolean;
  run: () => void;
}

/**
 * Commands whose label, or what they are called as well, has a word beginning with each typed word; those that can run
 * come first.
 */
export function matching(commands: readonly Command[], typed: string): readonly Command[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter(({ label, also = '', always }) => {
    if (always) return true;
    const words = `${label} ${also}`.toLowerCase().split(/\s+/);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  });
  return found.toSorted((a, b) => Number(Boolean(a.blocked)) - Number(Boolean(b.blocked)));
}
