/*
 * Hashes as Belenios takes them (specification 2.0, sections 4.12 to 4.15).
 *
 * Rule: what is hashed is the exact text, in UTF-8; numbers stand in it in base 10.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { Q } from './parameters';

/** A text's challenge: its SHA-256 as a big-endian number, modulo the order of the group. */
export function challengeOf(text: string): bigint {
  return BigInt(`0x${bytesToHex(sha256(utf8ToBytes(text)))}`) % Q;
}

/** A text's fingerprint, of an election as of a ballot (its tracker): SHA-256 in unpadded Base64. */
export function fingerprintOf(text: string): string {
  return base64(sha256(utf8ToBytes(text)));
}

/** A key's fingerprint, short enough to be compared by people: three groups of four letters. */
export function shortFingerprintOf(key: string): string {
  const code = fingerprintOf(key);
  return [0, 4, 8].map((at) => code.slice(at, at + 4)).join(' ');
}

/** Bytes in unpadded Base64 (RFC 4648, section 4). */
export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('=', '');
}
