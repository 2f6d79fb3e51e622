/*
 * Arithmetic in the group BELENIOS-2048.
 *
 * Rule: an exponentiation is the one costly step in a seat, so each is counted, and all of them go
 * through a table of their base, since every base is known before anybody chooses.
 */
import { P, Q } from './parameters';

/** How many bits of an exponent one step of a table takes. */
const WINDOW = 5;
const WINDOWS = Math.ceil(256 / WINDOW);
const DIGITS = (1n << BigInt(WINDOW)) - 1n;

let spent = 0;

/** How many exponentiations this thread has done since it began. */
export function exponentiations(): number {
  return spent;
}

/** `value` modulo `modulus`, from 0 to `modulus` - 1 for negative values too. */
export function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** The product of group elements. */
export function times(one: bigint, other: bigint): bigint {
  return (one * other) % P;
}

/** A group element to a power so small (a count of marks) that a table would not pay. */
export function smallPower(base: bigint, exponent: number): bigint {
  let product = 1n;
  for (let left = exponent; left > 0; left -= 1) product = times(product, base);
  return product;
}

/** Whether a number is an element of the group: needed of every number that came from outside. */
export function isElement(value: bigint): boolean {
  return value > 0n && value < P && new Powers(value).of(Q) === 1n;
}

/**
 * The powers of one base. Made in about 1,600 multiplications; each power then takes at most 52.
 * Exponents run from 0 to 2^256 - 1.
 */
export class Powers {
  readonly #rows: (readonly bigint[])[] = [];

  constructor(base: bigint) {
    let step = base;
    for (let window = 0; window < WINDOWS; window += 1) {
      const row = [1n];
      for (let digit = 1n; digit <= DIGITS; digit += 1n) row.push(times(row.at(-1) ?? 1n, step));
      this.#rows.push(row);
      step = times(row.at(-1) ?? 1n, step);
    }
  }

  /** The base to this exponent. */
  of(exponent: bigint): bigint {
    spent += 1;
    let product = 1n;
    let left = exponent;
    for (const row of this.#rows) {
      const digit = Number(left & DIGITS);
      if (digit !== 0) product = times(product, row[digit] ?? 1n);
      left >>= BigInt(WINDOW);
    }
    return product;
  }
}
