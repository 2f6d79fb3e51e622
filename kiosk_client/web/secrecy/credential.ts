/*
 * A seat's credential: the key that signs its ballots, and how the seat becomes accredited.
 *
 * Rule: what leaves the seat is the public half, with a proof, bound to the hall and the Member,
 * that the seat knows the other half (Schnorr; the same as `server/secrecy/credential.py`).
 */
import type { Draw } from './draws';
import { mod } from './group';
import { challengeOf } from './hashing';
import { Q } from './parameters';
import { powersOfG } from './preparing';

export interface Credential {
  readonly secret: bigint;
  /** The generator to the power of `secret`, in decimals. */
  readonly public: string;
}

export function credentialOf(secret: bigint): Credential {
  return { secret, public: `${powersOfG().of(secret)}` };
}

/** A fresh credential. */
export function newCredential(draw: Draw): Credential {
  let secret = draw();
  while (secret === 0n) secret = draw();
  return credentialOf(secret);
}

/** The proof, as compact JSON, that this Member's seat in this hall knows its secret. */
export function accreditationProof(
  credential: Credential,
  hall: string,
  member: string,
  draw: Draw,
): string {
  const nonce = draw();
  const commitment = powersOfG().of(nonce);
  const said = `hemicycle-accreditation|${JSON.stringify([hall, member])}|${credential.public}`;
  const challenge = challengeOf(`${said}|${commitment}`);
  const response = mod(nonce - credential.secret * challenge, Q);
  return JSON.stringify({ challenge: `${challenge}`, response: `${response}` });
}
