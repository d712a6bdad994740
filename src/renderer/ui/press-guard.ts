/** A control must have been under the pointer for this long before a press on it counts, ms. */
export const STEADY_MS = 600;

interface Point {
  x: number;
  y: number;
}

export interface Place extends Point {
  width: number;
  height: number;
}

/**
 * The recent positions of one control. A press counts if its point has been inside the control,
 * uncovered, for {@link STEADY_MS}: a control that appears, moves or is uncovered under the pointer
 * is not pressed by accident. All times are event timestamps, ms.
 */
export class PressGuard {
  /** Oldest first; each lasts until the next. `undefined`: absent or covered. */
  #places: { from: number; place: Place | undefined }[] = [];

  /** Records where the control is now. */
  see(place: Place | undefined, at: number): void {
    const last = this.#places.at(-1);
    if (last && isSame(last.place, place)) return;
    this.#places.push({ from: Math.max(at, last?.from ?? at), place });
    // The last entry before the window began still applied when it began.
    const begin = this.#places.findLastIndex(({ from }) => from <= at - STEADY_MS);
    if (begin > 0) this.#places.splice(0, begin);
  }

  /** Everything moved at once: the window itself appeared under the pointer. */
  uncover(at: number): void {
    const place = this.#places.at(-1)?.place;
    this.#places = [{ from: at, place }];
  }

  /** Whether a press at this point, begun at `at`, counts. */
  allows(point: Point, at: number): boolean {
    const since = at - STEADY_MS;
    const [first] = this.#places;
    if (!first || first.from > since) return false;
    return this.#places.every(({ from, place }, index) => {
      const until = this.#places[index + 1]?.from ?? Infinity;
      const matters = until > since && from <= at;
      return !matters || (place !== undefined && contains(place, point));
    });
  }

  /** Whether the control is visible but a press on its centre would not count yet. */
  isSettling(at: number): boolean {
    const place = this.#places.at(-1)?.place;
    if (!place) return false;
    return !this.allows({ x: place.x + place.width / 2, y: place.y + place.height / 2 }, at);
  }
}

function contains({ x, y, width, height }: Place, point: Point): boolean {
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
}

function isSame(a: Place | undefined, b: Place | undefined): boolean {
  if (!a || !b) return a === b;
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
