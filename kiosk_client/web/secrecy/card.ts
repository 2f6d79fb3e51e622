/*
 * The delegation's card: this seat's key on paper, wrapped with a PIN, for the seat that replaces it.
 *
 * Rules. The format, and what it protects from, stand in `kiosk_client/card.py`; the one reads what
 * the other makes. The PIN is drawn here, so that nobody takes a birthday for one: whoever
 * holds the card can guess as long as they like.
 */
import { scrypt } from '@noble/hashes/scrypt.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { Q } from './parameters';

/** How long a PIN is drawn: no card was made with another, so none is tried. */
export const PIN_DIGITS = 12;

const VERSION = 1;
const COST = 16;
/** What a card may ask of this device: from 16 to 256 MiB. */
const LEAST_COST = 14;
const MOST_COST = 18;
const HEADER = 26;
const LENGTH = 78;
const LETTERS = Math.ceil((LENGTH * 8) / 5);
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What became of a card and a PIN. */
export type Unwrapped =
  | { readonly kind: 'key'; readonly secret: bigint }
  | { readonly kind: 'no_card' }
  | { readonly kind: 'other_seat' }
  | { readonly kind: 'wrong_pin' };

/** A PIN drawn at random. */
export function newPin(): string {
  const digits = Array.from({ length: PIN_DIGITS }, () => {
    let byte = 255;
    // 250 and more would favour the low digits.
    while (byte >= 250) byte = crypto.getRandomValues(new Uint8Array(1))[0] ?? 255;
    return byte % 10;
  });
  return digits.join('');
}

/** The digits of a PIN as typed, in any script, whatever stands between them. */
export function digitsOf(pin: string): string {
  return Array.from(pin, digitOf).join('');
}

/** The text of a card. Rejects where the page was not loaded over a secure connection. */
export async function wrapped(
  secret: bigint,
  hall: string,
  member: string,
  pin: string,
  salt: Uint8Array = crypto.getRandomValues(new Uint8Array(16)),
): Promise<string> {
  const header = concatBytes(Uint8Array.of(VERSION, COST), salt, whose(hall, member));
  const key = await keyOf(digitsOf(pin), salt, COST);
  const plain = hexToBytes(secret.toString(16).padStart(64, '0'));
  const sealed = await crypto.subtle.encrypt(settings(header), key, buffer(plain));
  const whole = concatBytes(header, new Uint8Array(sealed));
  return base32(concatBytes(whole, checksum(whole)));
}

/** The key on a card, if the PIN opens it and it is this seat's. Takes a second or two. */
export async function unwrapped(
  text: string,
  hall: string,
  member: string,
  pin: string,
): Promise<Unwrapped> {
  const raw = fromBase32(text);
  if (raw?.length !== LENGTH) return { kind: 'no_card' };
  const whole = raw.slice(0, -4);
  const [version, cost = 0] = whole;
  if (!same(checksum(whole), raw.slice(-4)) || version !== VERSION) return { kind: 'no_card' };
  if (cost < LEAST_COST || cost > MOST_COST) return { kind: 'no_card' };
  const header = whole.slice(0, HEADER);
  if (!same(header.slice(18), whose(hall, member))) return { kind: 'other_seat' };
  const digits = digitsOf(pin);
  if (digits.length !== PIN_DIGITS) return { kind: 'wrong_pin' };
  const key = await keyOf(digits, header.slice(2, 18), cost);
  let plain: ArrayBuffer;
  try {
    plain = await crypto.subtle.decrypt(settings(header), key, buffer(whole.slice(HEADER)));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') {
      return { kind: 'wrong_pin' };
    }
    throw error;
  }
  const secret = BigInt(`0x${bytesToHex(new Uint8Array(plain))}`);
  return secret > 0n && secret < Q ? { kind: 'key', secret } : { kind: 'no_card' };
}

/** The nonce is zero: a key is made of a fresh salt, and seals once. */
function settings(header: Uint8Array): AesGcmParams {
  return { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: buffer(header) };
}

function keyOf(digits: string, salt: Uint8Array, cost: number): Promise<CryptoKey> {
  const raw = scrypt(utf8ToBytes(digits), salt, { N: 2 ** cost, r: 8, p: 1, dkLen: 32 });
  return crypto.subtle.importKey('raw', buffer(raw), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function whose(hall: string, member: string): Uint8Array {
  return sha256(utf8ToBytes(JSON.stringify([hall, member]))).slice(0, 8);
}

function checksum(whole: Uint8Array): Uint8Array {
  return sha256(whole).slice(0, 4);
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return bytesToHex(one) === bytesToHex(other);
}

/** A copy whose memory is nobody else's, as WebCrypto's types want it. */
function buffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function digitOf(letter: string): string {
  if (/^[0-9]$/.test(letter)) return letter;
  const code = letter.codePointAt(0) ?? 0;
  for (const zero of [0x660, 0x6f0]) {
    if (code >= zero && code < zero + 10) return `${code - zero}`;
  }
  return '';
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '').join('');
}

function fromBase32(text: string): Uint8Array | null {
  const letters = text.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();
  const places = Array.from(letters, (letter) => BASE32.indexOf(letter));
  if (places.includes(-1) || letters.length !== LETTERS) return null;
  const bits = places.map((place) => place.toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  const read = Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 2));
  // Each card has one spelling: the bit that is left of the last letter is zero.
  return base32(read) === letters ? read : null;
}
