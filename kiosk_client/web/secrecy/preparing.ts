/*
 * What can be worked out of a ballot before anybody has chosen: every exponentiation.
 *
 * Rule: a prepared ballot serves once. It knows nothing of a choice, and after it only
 * multiplications and hashes are left (`sealing.ts`).
 *
 * How it can be: in a proof that one of several statements holds, the seat makes up the parts that
 * do not hold: it draws their challenge c and response s first and fits the commitment to them,
 * A = g^s alpha^c and B = y^s (beta / g^M)^c. With alpha = g^r and beta = y^r g^m that is
 * A = g^(s + rc) and B = y^(s + rc) g^((m - M)c): the powers of s + rc and of c do not depend
 * on what is chosen, only the small whole number m - M does.
 */
import type { Draw } from './draws';
import type { SecretElection } from './election';
import { sealedValues } from './election';
import { Powers } from './group';
import { G, Q } from './parameters';

/** A commitment: the generator and the election's key to the same power. */
export interface Commitment {
  readonly a: bigint;
  readonly b: bigint;
}

/** One value's encryption before it is known: beta is `mask`, or `mask` times the generator. */
export interface Cipher {
  readonly r: bigint;
  readonly alpha: bigint;
  readonly mask: bigint;
}

/** For the part of a proof that holds. */
export interface Honest extends Commitment {
  readonly w: bigint;
}

/** For a part that does not: challenge, response, and the powers that its commitment is made of. */
export interface Feint {
  readonly challenge: bigint;
  readonly response: bigint;
  /** The commitment where the value is what the part says, for the value's own `r`. */
  readonly base: Commitment;
  /** The generator to the challenge, and its inverse. */
  readonly up: bigint;
  readonly down: bigint;
}

/** A feint that is needed for the blank mark, or for the sum of the other marks. */
export interface EitherFeint {
  readonly forBlank: Feint;
  readonly forSum: Feint;
}

export interface Prepared {
  readonly election: SecretElection;
  readonly ciphers: readonly Cipher[];
  readonly bits: readonly { readonly honest: Honest; readonly feint: Feint }[];
  /** The sum of all `r`; where the vote may be blank, without that of the blank mark. */
  readonly sumOfR: bigint;
  readonly overall: {
    readonly honest: Honest;
    /** Where the vote may be blank, the first of the parts that do not hold. */
    readonly first: EitherFeint | null;
    /** The others, all of them about the sum. */
    readonly rest: readonly Feint[];
  };
  readonly blank: { readonly honest: Honest; readonly feint: EitherFeint } | null;
  /** The nonce of the signature, drawn apart: whoever knew it would know the seat's key. */
  readonly signing: { readonly w: bigint; readonly a: bigint };
}

/** Tables of powers for one election's key. */
export interface Tables {
  readonly g: Powers;
  readonly y: Powers;
}

let generator: Powers | null = null;

/** The powers of the generator, made once. */
export function powersOfG(): Powers {
  generator ??= new Powers(G);
  return generator;
}

export function tablesFor(election: SecretElection): Tables {
  return { g: powersOfG(), y: new Powers(election.publicKey) };
}

/**
 * Works one ballot out ahead. `draw` gives, in this order: r of each value; then for each proof
 * (one a value, the overall one, where the vote may be blank the one about that) the nonce of the
 * part that holds, and a challenge and a response for each part that does not. `drawNonce` gives
 * the nonce of the signature.
 */
export function prepare(
  election: SecretElection,
  tables: Tables,
  draw: Draw,
  drawNonce: Draw,
): Prepared {
  const { question } = election;
  const ciphers = Array.from({ length: sealedValues(question) }, () => cipher(tables, draw()));
  const bits = ciphers.map(({ r }) => {
    const w = honest(tables, draw());
    return { honest: w, feint: feint(tables, r, draw(), draw()) };
  });
  const summed = question.blank ? ciphers.slice(1) : ciphers;
  const sumOfR = summed.reduce((sum, { r }) => (sum + r) % Q, 0n);
  const rOfBlank = question.blank ? (ciphers[0]?.r ?? null) : null;
  const either = (r: bigint): EitherFeint => {
    const [challenge, response] = [draw(), draw()];
    return {
      forBlank: feint(tables, r, challenge, response),
      forSum: feint(tables, sumOfR, challenge, response),
    };
  };
  const overall = honest(tables, draw());
  const first = rOfBlank === null ? null : either(rOfBlank);
  const rest = Array.from({ length: question.max - question.min }, () =>
    feint(tables, sumOfR, draw(), draw()),
  );
  const blank =
    rOfBlank === null ? null : { honest: honest(tables, draw()), feint: either(rOfBlank) };
  const w = drawNonce();
  return {
    election,
    ciphers,
    bits,
    sumOfR,
    overall: { honest: overall, first, rest },
    blank,
    signing: { w, a: tables.g.of(w) },
  };
}

function cipher({ g, y }: Tables, r: bigint): Cipher {
  return { r, alpha: g.of(r), mask: y.of(r) };
}

function honest({ g, y }: Tables, w: bigint): Honest {
  return { w, a: g.of(w), b: y.of(w) };
}

function feint({ g, y }: Tables, r: bigint, challenge: bigint, response: bigint): Feint {
  const power = (response + r * challenge) % Q;
  return {
    challenge,
    response,
    base: { a: g.of(power), b: y.of(power) },
    up: g.of(challenge),
    down: g.of(Q - challenge),
  };
}
