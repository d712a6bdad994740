/*
 * Electron supports its latest three major versions, see
 * electronjs.org/docs/latest/tutorial/electron-timelines: one is out of support when the third after
 * it comes out, about every eight weeks.
 */

/**
 * Release dates of major versions: releases.electronjs.org/schedule, and from 38 on the dates at
 * the npm registry, with which the schedule agrees (read on 2026-11-28).
 * @type {Readonly<Record<number, string>>}
 */
const RELEASED = {
  33: '2024-10-15',
  34: '2025-01-14',
  35: '2025-03-04',
  36: '2025-04-29',
  37: '2025-06-24',
  38: '2025-09-02',
  39: '2025-10-28',
  40: '2026-01-15',
  41: '2026-03-10',
  42: '2026-05-05',
  43: '2026-06-30',
  44: '2026-08-25',
  45: '2026-10-20',
};

const BETWEEN_MS = 56 * 86_400_000;
const FIRST = Math.min(...Object.keys(RELEASED).map(Number));
const LAST = Math.max(...Object.keys(RELEASED).map(Number));

/**
 * When a version of Electron goes out of support, Unix ms. Estimated for versions that are not
 * listed yet; versions older than the list are out of support.
 * @param {string} version e.g. `33.2.1`
 */
export function supportEnds(version) {
  const third = Number.parseInt(version, 10) + 3;
  if (Number.isNaN(third) || third < FIRST) return 0;
  const listed = RELEASED[Math.min(third, LAST)];
  return Date.parse(listed ?? '') + Math.max(0, third - LAST) * BETWEEN_MS;
}

/**
 * A warning about packaging this version; undefined while it is supported.
 * @param {string} version
 * @param {number} now Unix ms
 */
export function outOfSupport(version, now) {
  const end = supportEnds(version);
  if (now < end) return undefined;
  const since = end === 0 ? '' : ` since ${new Date(end).toISOString().slice(0, 10)}`;
  return `Electron ${version} is out of support${since}: holes in its Chromium are no longer mended.`;
}
