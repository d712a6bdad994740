/**
 * A tiny anti-aliased rasteriser. A shape is a signed distance: how far a point is from the edge,
 * negative inside, in design units. Because the distance says how much of a pixel the shape
 * covers, edges come out smooth at any size without supersampling.
 *
 * @typedef {(x: number, y: number) => number} Shape
 * @typedef {readonly [number, number, number]} Color red, green, blue, 0 to 255
 * @typedef {object} Layer
 * @property {Shape} shape
 * @property {Color | ((x: number, y: number) => Color)} [color] left out: the layer erases
 */

const clamp = (/** @type {number} */ v) => Math.min(1, Math.max(0, v));

/** @returns {Shape} a filled circle */
export const circle = (
  /** @type {number} */ cx,
  /** @type {number} */ cy,
  /** @type {number} */ r,
) => {
  return (x, y) => Math.hypot(x - cx, y - cy) - r;
};

/**
 * A rectangle with rounded corners.
 * @param {number} left
 * @param {number} top
 * @param {number} width
 * @param {number} height
 * @param {number} radius
 * @returns {Shape}
 */
export function box(left, top, width, height, radius) {
  const [hx, hy] = [width / 2, height / 2];
  return (x, y) => {
    const qx = Math.abs(x - left - hx) - hx + radius;
    const qy = Math.abs(y - top - hy) - hy + radius;
    return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - radius;
  };
}

/**
 * A straight stroke with round ends.
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 * @param {number} width
 * @returns {Shape}
 */
export function line(x1, y1, x2, y2, width) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  return (x, y) => {
    const t = clamp(((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy));
    return Math.hypot(x - x1 - t * dx, y - y1 - t * dy) - width / 2;
  };
}

/**
 * A stroke with round ends along a circle, `spread` degrees to each side of the direction
 * `towards` (0 is right, 90 is down). A spread of 180 is the whole ring.
 * @param {number} cx
 * @param {number} cy
 * @param {number} r
 * @param {number} towards
 * @param {number} spread
 * @param {number} width
 * @returns {Shape}
 */
export function arc(cx, cy, r, towards, spread, width) {
  const turn = (towards * Math.PI) / 180;
  const half = (spread * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [endX, endY] = [r * Math.cos(half), r * Math.sin(half)];
  return (x, y) => {
    const along = (x - cx) * cos + (y - cy) * sin;
    const side = Math.abs((y - cy) * cos - (x - cx) * sin);
    const onArc = Math.atan2(side, along) <= half;
    const distance = onArc
      ? Math.abs(Math.hypot(along, side) - r)
      : Math.hypot(along - endX, side - endY);
    return distance - width / 2;
  };
}

/**
 * The shape, turned clockwise about a point.
 * @param {Shape} shape
 * @param {number} cx
 * @param {number} cy
 * @param {number} degrees
 * @returns {Shape}
 */
export function rotate(shape, cx, cy, degrees) {
  const turn = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return (x, y) => {
    const [dx, dy] = [x - cx, y - cy];
    return shape(cx + dx * cos + dy * sin, cy + dy * cos - dx * sin);
  };
}

/** @returns {Shape} the shape, its size multiplied by `by` about a point */
export function scale(
  /** @type {Shape} */ shape,
  /** @type {number} */ cx,
  /** @type {number} */ cy,
  /** @type {number} */ by,
) {
  return (/** @type {number} */ x, /** @type {number} */ y) =>
    shape(cx + (x - cx) / by, cy + (y - cy) / by) * by;
}

/** @returns {Shape} all of the shapes together */
export const union = (/** @type {Shape[]} */ ...shapes) => {
  return (x, y) => Math.min(...shapes.map((shape) => shape(x, y)));
};

/** @returns {Shape} the shape, thicker by `by` all round */
export const grow = (/** @type {Shape} */ shape, /** @type {number} */ by) => {
  return (x, y) => shape(x, y) - by;
};

/**
 * Paints the layers in order onto a transparent square.
 * @param {number} size pixels per side
 * @param {number} design design units per side
 * @param {Layer[]} layers
 * @returns {Buffer} RGBA, straight alpha
 */
export function render(size, design, layers) {
  const perUnit = size / design;
  const rgba = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [(column + 0.5) / perUnit, (row + 0.5) / perUnit];
      let [red, green, blue, alpha] = [0, 0, 0, 0];
      for (const { shape, color } of layers) {
        const cover = clamp(0.5 - shape(x, y) * perUnit);
        if (cover === 0) continue;
        if (color === undefined) {
          alpha *= 1 - cover;
          continue;
        }
        const [r, g, b] = typeof color === 'function' ? color(x, y) : color;
        const sum = cover + alpha * (1 - cover);
        const mix = cover / sum;
        red += (r - red) * mix;
        green += (g - green) * mix;
        blue += (b - blue) * mix;
        alpha = sum;
      }
      const at = (row * size + column) * 4;
      // Invisible pixels stay zero so that they cost nothing in the file.
      if (alpha > 0) rgba.set([red, green, blue, alpha * 255].map(Math.round), at);
    }
  }
  return rgba;
}
