import { isolating } from '../../shared/lib/foreign-text.ts';
/** The way into the demo, and back to one's own numbers. */
export const workspaceWords = isolating({
  demoTitle: 'Switch to the demo?',
  /** What stops, by the names of our numbers. */
  demoText: (numbers: readonly string[]) =>
    `Calls to ${listed(numbers)} will not ring here until you come back. Nothing is deleted, and coming back takes one click.`,
  stay: 'Keep my numbers',
  toDemo: 'Switch to the demo',
  bar: 'You are in the demo. Your numbers do not ring here.',
  backToOwn: (agent: string) => `Back to ${agent}’s numbers`,
  back: (agent: string) => `You are back. The numbers of ${agent} ring here again`,
  trayHint: 'Show the tray hint again',
  trayHintNote: 'Once more, the next time you close the window',
  keysTaken: 'Another program uses these keys. Choose others',
} as const);

function listed(numbers: readonly string[]): string {
  const last = numbers.at(-1);
  if (last === undefined) return 'your numbers';
  const others = numbers.slice(0, -1);
  return others.length === 0 ? last : `${others.join(', ')} and ${last}`;
}
