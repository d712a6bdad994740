/** Presses that began sooner than this after a control came to lie under the pointer were meant for something else, ms. */
const STEADY_MS = 600;

interface Point {
  x: number;
  y: number;
}

export interface Place extends Point {
  width: number;
  height: number;
}

/**
 * Where one control was lately, as a pointer sees it. A press counts if its point has lain in the control, with nothing
 * above it, for as long as {@link STEADY_MS}: so neither what appears under the pointer is pressed by accident, nor what moves
 * there, nor what is uncovered. All times are those of events, in ms.
 */
export class PressGuard {
  /** Oldest first; each held until the next. `undefined`: not there, or covered. */
  #places: { from: number; place: Place | undefined }[] = [];

  /** Where the control is now. */
  see(place: Place | undefined, at: number): void {
    const last = this.#places.at(-1);
    if (last && isSame(last.place, place)) return;
    this.#places.push({ from: Math.max(at, last?.from ?? at), place });
    // What held when the time began is the last one before it.
    const begin = this.#places.findLastIndex(({ from }) => from <= at - STEADY_MS);
    if (begin > 0) this.#places.splice(0, begin);
  }

  /** Everything moved at once, as when the window itself comes to lie under the pointer. */
  uncover(at: number): void {
    const place = this.#places.at(-1)?.place;
    this.#places = [{ from: at, place }];
  }

  /** Whether a press at this point, begun at `at`, is meant for this control. */
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

  /** Whether it is there to be pressed, but a press in its middle would not count yet. */
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
