/*
 * Where the random numbers of a ballot come from.
 *
 * Rule: a ballot is sealed with numbers drawn one after the other from one seed of 32 bytes, so
 * that whoever is told the seed can make the same ballot again. Draw number i is
 * SHA-512(seed, i as four bytes, big-endian), as a big-endian number, modulo the order of the
 * group: so much longer than the order that no remainder is favoured.
 */
import { sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { Q } from './parameters';

/** Gives the next number, from 0 to Q - 1. */
export type Draw = () => bigint;

export const SEED_BYTES = 32;

/** A seed from the device's own source of randomness. */
export function newSeed(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(SEED_BYTES));
}

/** The numbers that follow from a seed. */
export function drawsFrom(seed: Uint8Array): Draw {
  let drawn = 0;
  return () => {
    const index = new Uint8Array(4);
    new DataView(index.buffer).setUint32(0, drawn);
    drawn += 1;
    return BigInt(`0x${bytesToHex(sha512(concatBytes(seed, index)))}`) % Q;
  };
}
