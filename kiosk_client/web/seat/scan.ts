/*
 * Scanning for whoever has one switch: the focus walks over what can be touched, and the switch
 * (Enter or Space) presses what it stands on. With two switches, Tab or an arrow is the second.
 *
 * Rule: it is on where the address asks for it (`?scan=1500`, the pace in milliseconds), and it
 * never presses anything by itself.
 */

const FASTEST = 500;
const SLOWEST = 10_000;

/** The pace that an address asks for, in milliseconds; null for no scanning. */
export function scanPace(search: string): number | null {
  const asked = new URLSearchParams(search).get('scan');
  const pace = Number(asked);
  if (asked === null || !Number.isInteger(pace)) return null;
  return pace >= FASTEST && pace <= SLOWEST ? pace : null;
}

/** The place after `from` in a round of `length`; -1 (nothing has the focus) begins it. */
export function nextInRound(from: number, length: number): number {
  return (from + 1) % length;
}
