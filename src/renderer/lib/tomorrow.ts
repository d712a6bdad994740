/** A full hour of the next day, Unix ms. */
export function tomorrowAt(now: number, hour: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, hour).getTime();
}
