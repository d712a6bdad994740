/*
 * What Chromium and the desktop's libraries print by themselves: [pid:date/time:LEVEL:file.cc(line)]
 * and (program:pid): Library-WARNING **, and what the libraries for sound and graphics say on a machine
 * without either. A fatal message stays; it says why the app is gone.
 */
const NOISE = [
  /^\[\d+:\d+\/[\d.]+:(?:VERBOSE\d*|INFO|WARNING|ERROR):[^\]]*\]/,
  /^\([^()]*:\d+\): [\w-]+-(?:WARNING|CRITICAL|Message) \*\*/,
  /^Gtk-Message: /,
  /^ALSA lib \w+\.c:\d+:/,
  /^MESA(?:-LOADER)?: /,
  /^lib(?:EGL|GL|va) (?:warning|error|info): /,
];

/**
 * Whether a line is one of Chromium's or the desktop's own, which says nothing to an agent.
 * @param {string} line
 */
export function isNoise(line) {
  return NOISE.some((pattern) => pattern.test(line));
}
