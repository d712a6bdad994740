import { oneLine } from './foreign-text.ts';

/** As long as every file system takes, with room for a number that the system adds. */
const LONGEST = 120;

/** Windows keeps these names for devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i;

/** What a computer runs, or opens with something that runs what is in it. */
const RUNS = new Set(
  (
    'action app apk appimage application appref-ms appx bash bat chm cmd com command cpl csh deb desktop diagcab dll dmg ' +
    'docm dotm exe flatpakref gadget hta htm html img inetloc iso jar jnlp js jse library-ms lnk mht mhtml mjs mobileconfig ' +
    'msc msi msix msp mst one pif pkg pptm ps1 ps1xml psm1 py pyw reg rpm run scf scr search-ms settingcontent-ms sh svg ' +
    'terminal theme url vb vbe vbs vhd vhdx webloc workflow ws wsf wsh xhtml xlam xll xlsb xlsm xltm xml zsh'
  ).split(' '),
);

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
  const whole = ending === '' ? short.trimEnd() : `${short}.${ending}`;
  return DEVICE.test(whole) ? `_${whole}` : whole;
}

/** The ending of a file's name without its dot, as a short word; empty if it has none. */
export function endingOf(name: string): string {
  return /\.(?<ending>[A-Za-z0-9][A-Za-z0-9-]{0,19})$/.exec(name)?.groups?.['ending'] ?? '';
}

/** Whether opening a file of this name may run something. */
export function mayRun(name: string): boolean {
  return RUNS.has(endingOf(name).toLowerCase());
}

/** Without half a character at the end. */
const clipped = (text: string, length: number): string =>
  text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
