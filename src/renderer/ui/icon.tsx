/** Our line icons on a 20 px grid, always beside text or an accessible name. */
const paths = {
  phone:
    'M4.2 3.5h2.6l1.4 3.6-1.7 1.3a9.6 9.6 0 0 0 5.1 5.1l1.3-1.7 3.6 1.4v2.6c0 .7-.6 1.2-1.3 1.2C8.7 16.5 3.5 11.3 3 4.8c0-.7.5-1.3 1.2-1.3Z',
  hangup:
    'M2.6 12.6c-.5-.5-.6-1.3-.1-1.9C4.3 8.6 7 7.4 10 7.4s5.7 1.2 7.5 3.3c.5.6.4 1.4-.1 1.9l-1.3 1.2c-.4.4-1.1.5-1.6.1l-1.7-1.2a1.2 1.2 0 0 1-.5-1v-1.4a8.7 8.7 0 0 0-4.6 0v1.4c0 .4-.2.8-.5 1l-1.7 1.2c-.5.4-1.2.3-1.6-.1l-1.3-1.2Z',
  history: 'M3.5 10a6.5 6.5 0 1 0 2-4.7L3.5 7.2M3.5 3.5v3.7h3.7M10 6.5V10l2.5 1.5',
  settings:
    'M3.5 6h7M14.5 6h2M3.5 14h2M9.5 14h7M10.5 6a2 2 0 1 0 4 0 2 2 0 0 0-4 0ZM5.5 14a2 2 0 1 0 4 0 2 2 0 0 0-4 0Z',
  person: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 16.5c.5-3 2.8-4.5 6-4.5s5.5 1.5 6 4.5',
  people:
    'M7.5 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.5 16c.4-2.8 2.3-4.3 5-4.3s4.6 1.5 5 4.3M13 4.3a2.7 2.7 0 0 1 0 5M14.7 12c1.6.6 2.5 1.9 2.8 4',
  mic: 'M10 3a2.2 2.2 0 0 1 2.2 2.2v4.3a2.2 2.2 0 0 1-4.4 0V5.2A2.2 2.2 0 0 1 10 3ZM5 9.5a5 5 0 0 0 10 0M10 14.5V17',
  micOff:
    'M7.8 7.5v2a2.2 2.2 0 0 0 3.5 1.8M12.2 8.5V5.2a2.2 2.2 0 0 0-4.3-.6M5 9.5a5 5 0 0 0 7.7 4.2M15 9.5c0 .8-.2 1.6-.5 2.3M10 14.5V17M3.5 3.5l13 13',
  headset:
    'M4 12.5V10a6 6 0 0 1 12 0v2.5M4 11.5h1.5c.5 0 1 .4 1 1v2.5c0 .6-.5 1-1 1H5a1 1 0 0 1-1-1v-3.5ZM16 11.5h-1.5c-.5 0-1 .4-1 1v2.5c0 .6.5 1 1 1h.5a1 1 0 0 0 1-1v-3.5Z',
  transfer: 'M3.5 7h11.5M12 4l3 3-3 3M16.5 13H5M8 10l-3 3 3 3',
  filter: 'M4 5.5h12M6.5 10h7M9 14.5h2',
  inbound: 'M15.5 4.5 5 15M5 7.5V15h7.5',
  outbound: 'M4.5 15.5 15 5M7.5 5H15v7.5',
  missed: 'M3.5 6.5 10 13l6.5-6.5M3.5 11V6.5H8',
  search: 'M8.8 14.3a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l3.7 3.7',
  copy: 'M7.5 7.5v-3c0-.6.4-1 1-1h7c.6 0 1 .4 1 1v7c0 .6-.4 1-1 1h-3M4.5 7.5h7c.6 0 1 .4 1 1v7c0 .6-.4 1-1 1h-7a1 1 0 0 1-1-1v-7c0-.6.4-1 1-1Z',
  export: 'M10 12.5V3.5M6.5 7 10 3.5 13.5 7M3.5 12v3.5c0 .6.4 1 1 1h11c.6 0 1-.4 1-1V12',
  close: 'M5 5l10 10M15 5 5 15',
  bin: 'M4 6h12M8 6V4.5c0-.6.4-1 1-1h2c.6 0 1 .4 1 1V6M5.5 6l.7 9.6c0 .5.5.9 1 .9h5.6c.5 0 1-.4 1-.9l.7-9.6M8.5 9v4.5M11.5 9v4.5',
  check: 'M4 10.5 8 14.5 16 6',
  chevron: 'M6 8l4 4 4-4',
  up: 'M6 12l4-4 4 4',
  down: 'M6 8l4 4 4-4',
  back: 'M12.5 4.5 7 10l5.5 5.5',
  bell: 'M5.5 8.5a4.5 4.5 0 0 1 9 0c0 4 1.5 5 1.5 5H4s1.5-1 1.5-5ZM8.3 16a2 2 0 0 0 3.4 0',
  bellOff:
    'M5.5 9.5c0 3-1.5 4.5-1.5 4.5h9M14.5 11V8.5a4.5 4.5 0 0 0-7-3.7M8.3 16a2 2 0 0 0 3.4 0M3.5 3.5l13 13',
  moon: 'M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5Z',
  warning: 'M10 3.5 17.5 16.5h-15L10 3.5ZM10 8.5v3.5M10 14.2v.1',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 9.5v4M10 6.7v.1',
  backspace: 'M7 4.5h9c.6 0 1 .4 1 1v9c0 .6-.4 1-1 1H7L2.5 10 7 4.5ZM9 8l4 4M13 8l-4 4',
  pause: 'M7 4.5v11M13 4.5v11',
  play: 'M6.5 4.5v11l9-5.5-9-5.5Z',
  note: 'M5.5 3.5h9c.6 0 1 .4 1 1v7.5l-4.5 4.5H5.5a1 1 0 0 1-1-1v-11c0-.6.4-1 1-1ZM15.5 12H12a1 1 0 0 0-1 1v3.5M7.5 7h5M7.5 10h3',
  block: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM5 5l10 10',
  pulse: 'M2.5 10H6l2-5 4 10 2-5h3.5',
  chart: 'M3.5 16.5h13M5.5 13.5v-4M10 13.5v-9M14.5 13.5v-6',
  shield: 'M10 3 4 5.5v4c0 3.6 2.5 6.3 6 7.5 3.5-1.2 6-3.9 6-7.5v-4L10 3Z',
} as const;

export type IconName = keyof typeof paths;

/** They point along the text, so they turn with it. Media controls and clocks do not. */
const turning: ReadonlySet<IconName> = new Set([
  'back',
  'backspace',
  'inbound',
  'missed',
  'note',
  'outbound',
  'transfer',
]);

/** A decorative icon in the colour of the surrounding text. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  const solid = name === 'hangup';
  return (
    <svg
      aria-hidden="true"
      data-turning={turning.has(name) || undefined}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill={solid ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={solid ? 0 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
