/*
 * What Chromium and the desktop's libraries print by themselves: [pid:date/time:LEVEL:file.cc(line)]
 * and (program:pid): Library-WARNING **. A fatal message stays; it says why the app is gone.
 */
const NOISE = [
  /^\[\d+:\d+\/[\d.]+:(?:VERBOSE\d*|INFO|WARNING|ERROR):[^\]]*\]/,
  /^\([^()]*:\d+\): [\w-]+-(?:WARNING|CRITICAL|Message) \*\*/,
];

/**
 * Whether a line is one of Chromium's or the desktop's own, which says nothing to an agent.
 * @param {string} line
 */
export function isNoise(line) {
  return NOISE.some((pattern) => pattern.test(line));
}
