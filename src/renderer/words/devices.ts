import { isolating } from '../../shared/lib/foreign-text.ts';
/** What became of a device the agent chose. `role`: what for. */
export const deviceWords = isolating({
  microphone: 'Microphone',
  speaker: 'Speaker',
  ringer: 'Ringer',
  lost: (role: string, label: string) =>
    `${label === '' ? `The ${role.toLowerCase()} you chose` : label} is gone. ${role}: the system default is used now`,
  back: (role: string, label: string) =>
    `${label === '' ? `The ${role.toLowerCase()} you chose` : label} is back. ${role}: using it again`,
} as const);
