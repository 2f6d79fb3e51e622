/*
 * The arithmetic of a ballot, straight from the Belenios specification 2.0 (sections 4.3, 4.11 to
 * 4.15 and 5.1): encryption, and proofs that one of several claims holds.
 *
 * Rule: plain and slow. Nothing is worked out ahead and nothing is taken from the seat's code but
 * the parameters of the group, so that a mistake there is not repeated here.
 */
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { G, P, Q } from '../kiosk_client/web/secrecy/parameters';

export { P, Q };

/** Gives the next of the numbers that a seat drew. */
export type Draw = () => bigint;

/** The numbers that follow from a seed: SHA-512(seed, i as four bytes) modulo the order. */
export function drawsFrom(seed: Uint8Array): Draw {
  let place = 0;
  return () => {
    const bytes = Uint8Array.from([24, 16, 8, 0].map((shift) => (place >>> shift) & 0xff));
    place += 1;
    return BigInt(`0x${bytesToHex(sha512(concatBytes(seed, bytes)))}`) % Q;
  };
}

/** A text's SHA-256 in hexadecimal. */
export function hexOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** A text's SHA-256 in Base64 without padding: the fingerprints of texts. */
export function shortHashOf(text: string): string {
  return btoa(String.fromCharCode(...sha256(utf8ToBytes(text)))).replaceAll('=', '');
}

function scalarOf(text: string): bigint {
  return BigInt(`0x${hexOf(text)}`) % Q;
}

/** `value` modulo the order, for negative values too. */
export function inOrder(value: bigint): bigint {
  return ((value % Q) + Q) % Q;
}

/** A number whose powers are taken more than once: its squares are kept. */
export class Base {
  readonly #squares: bigint[] = [];

  constructor(value: bigint) {
    this.#squares.push(value);
  }

  to(exponent: bigint): bigint {
    let power = 1n;
    for (let bit = 0, left = exponent; left > 0n; bit += 1, left >>= 1n) {
      const square = this.#squareAt(bit);
      if ((left & 1n) === 1n) power = (power * square) % P;
    }
    return power;
  }

  #squareAt(bit: number): bigint {
    for (let at = this.#squares.length; at <= bit; at += 1) {
      const last = this.#squares[at - 1] ?? 0n;
      this.#squares.push((last * last) % P);
    }
    return this.#squares[bit] ?? 0n;
  }
}

export const generator = new Base(G);

/** Whether a number belongs to the group. */
export function isInGroup(value: bigint): boolean {
  return value > 0n && value < P && new Base(value).to(Q) === 1n;
}

export interface Cipher {
  readonly alpha: bigint;
  readonly beta: bigint;
}

export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

/** A number, encrypted for whoever holds the secret of `key`. */
export function encrypt(key: Base, value: number, r: bigint): Cipher {
  return { alpha: generator.to(r), beta: (key.to(r) * generator.to(BigInt(value))) % P };
}

/**
 * That a ciphertext made with `r` holds a certain number. `excess` is by how much it holds more
 * than that; the claim is true where it is zero.
 */
export interface Claim {
  readonly r: bigint;
  readonly excess: number;
}

/** Proofs, one a claim, that one is true: the first that is. The others are imitated. */
export function prove(said: string, key: Base, claims: readonly Claim[], draw: Draw): Proof[] {
  const true_ = claims.findIndex(({ excess }) => excess === 0);
  const nonce = draw();
  const imitated = claims.map((_, at) =>
    at === true_ ? null : { challenge: draw(), response: draw() },
  );
  const commitments = claims.map(({ r, excess }, at) => {
    const proof = imitated[at];
    if (!proof) return `${generator.to(nonce)},${key.to(nonce)}`;
    // A = g^s alpha^c and B = y^s (beta / g^m)^c, where alpha = g^r and beta / g^m = y^r g^excess.
    const exponent = inOrder(proof.response + r * proof.challenge);
    const shift = generator.to(inOrder(proof.challenge * BigInt(excess)));
    return `${generator.to(exponent)},${(key.to(exponent) * shift) % P}`;
  });
  const taken = imitated.reduce((sum, proof) => sum + (proof?.challenge ?? 0n), 0n);
  const challenge = inOrder(scalarOf(`${said}|${commitments.join(',')}`) - taken);
  const response = inOrder(nonce - (claims[true_]?.r ?? 0n) * challenge);
  return imitated.map((proof) => proof ?? { challenge, response });
}
