/**
 * Seats as dots in the arcs of a hemicycle.
 *
 * Rule: every dot has the same distance to its neighbours in the arc, arcs take dots in proportion
 * to their length, and dots are numbered by angle, so that a group of Members is a sector.
 */

/** A dot in a half disc of radius 1 over the origin; y grows upwards. */
export interface Dot {
  readonly x: number;
  readonly y: number;
}

const INNER_RADIUS = 0.42;

/** How many of `n` dots each arc takes, inner arc first; the sum is exactly `n`. */
export function shares(n: number, radii: readonly number[]): number[] {
  const whole = radii.reduce((sum, radius) => sum + radius, 0);
  let dealt = 0;
  let length = 0;
  return radii.map((radius) => {
    length += radius;
    const share = Math.round((n * length) / whole) - dealt;
    dealt += share;
    return share;
  });
}

/** `n` dots in `rows` arcs, from the left end to the right as the hall sees its screen. */
export function dots(n: number, rows: number): Dot[] {
  const step = rows > 1 ? (1 - INNER_RADIUS) / (rows - 1) : 0;
  const radii = Array.from({ length: rows }, (_, row) => INNER_RADIUS + row * step);
  const counts = shares(n, radii);
  return radii
    .flatMap((radius, row) => {
      const count = counts[row] ?? 0;
      return Array.from({ length: count }, (_, i) => {
        const angle = count === 1 ? Math.PI / 2 : Math.PI * (1 - i / (count - 1));
        return { angle, radius };
      });
    })
    .sort((a, b) => b.angle - a.angle || a.radius - b.radius)
    .map(({ angle, radius }) => ({ x: radius * Math.cos(angle), y: radius * Math.sin(angle) }));
}
