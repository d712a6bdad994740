import { oneLine } from './foreign-text.ts';

/** As long as every file system takes, with room for a number that the system adds. */
const LONGEST = 120;

/** Windows keeps these names for devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** What a computer runs, or opens with something that runs what is in it. */
const RUNS =
  /^(?:app|apk|appimage|bat|cmd|com|command|cpl|deb|desktop|dll|dmg|docm|dotm|exe|hta|html?|iso|jar|jse?|lnk|mht|mjs|msi|msix|pif|pkg|pptm|ps1|py|reg|rpm|scr|sh|svg|url|vbe?|vbs|ws[fh]|xhtml|xlam|xlsm|xltm|xml)$/i;

/** A name under which what a stranger sent may be saved: no path, nothing hidden. Undefined if nothing is left of it. */
export function savedName(name: string | undefined): string | undefined {
  const plain = oneLine(name ?? '')
    .replaceAll(/[\\/:*?"<>|]/g, '_')
    // A leading dot hides a file, a trailing one is lost on Windows.
    .replaceAll(/^[.\s]+|[.\s]+$/g, '');
  if (plain === '') return undefined;
  const ending = endingOf(plain);
  const stem = ending === '' ? plain : plain.slice(0, -(ending.length + 1));
  const short = clipped(stem, LONGEST - ending.length - 1);
  const whole = ending === '' ? short : `${short}.${ending}`;
  return DEVICE.test(whole) ? `_${whole}` : whole;
}

/** The ending of a file's name without its dot, as a short word; empty if it has none. */
export function endingOf(name: string): string {
  return /\.(?<ending>[A-Za-z0-9]{1,12})$/.exec(name)?.groups?.['ending'] ?? '';
}

/** Whether opening a file of this name may run something. */
export function mayRun(name: string): boolean {
  return RUNS.test(endingOf(name));
}

/** Without half a character at the end. */
const clipped = (text: string, length: number): string =>
  text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
