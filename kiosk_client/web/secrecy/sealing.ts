/*
 * A vote sealed: the exact text of a Belenios ballot (specification 2.0, sections 4.11 to 4.15).
 *
 * Rule: nothing here takes a power of anything; what is left after `prepare` is multiplications
 * and hashes, so that a touch is answered at once on a slow tablet. The text is made once and
 * travels as it is.
 */
import { allows } from './election';
import { mod, smallPower, times } from './group';
import { challengeOf, fingerprintOf } from './hashing';
import { G, Q } from './parameters';
import type { Commitment, Feint, Honest, Prepared } from './preparing';

export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

/** A sealed vote, before the seat has signed it. */
export interface Unsigned {
  readonly prepared: Prepared;
  /** The ballot's object as text, without its closing brace and its signature. */
  readonly open: string;
  /** What the signature is to be over; it stands in the published ballot as `signature.hash`. */
  readonly fingerprint: string;
}

export interface Sealed {
  readonly text: string;
  readonly tracker: string;
}

/** A part of a proof: its commitment, and its answer, which is null in the part that holds. */
interface Part extends Commitment {
  readonly answer: Proof | null;
}

/**
 * Seals marks, 0 or 1 for each value of the question, under the public credential of the seat.
 * Throws `RangeError` where the question does not allow them.
 */
export function seal(prepared: Prepared, credential: string, marks: readonly number[]): Unsigned {
  const { election, ciphers } = prepared;
  const { question } = election;
  if (!allows(question, marks)) throw new RangeError('these marks are no vote in this election');
  const context = `${election.fingerprint}|${credential}`;
  const choices = ciphers.map(({ alpha, mask }, index) => ({
    alpha,
    beta: marks[index] === 1 ? times(mask, G) : mask,
  }));
  const pairs = choices.map(({ alpha, beta }) => `${alpha},${beta}`);
  const whole = `${context}|${pairs.join(',')}`;
  const bits = prepared.bits.map(({ honest, feint }, index) => {
    const mark = marks[index] === 1 ? 1 : 0;
    const parts =
      mark === 1 ? [untrue(feint, 1), holds(honest)] : [holds(honest), untrue(feint, -1)];
    const r = ciphers[index]?.r ?? 0n;
    return closed(`prove|${context}|${pairs[index] ?? ''}|`, parts, honest.w, r);
  });
  const sum = marks.slice(question.blank ? 1 : 0).reduce((total, mark) => total + mark, 0);
  const answer: Record<string, unknown> = {
    choices: choices.map(({ alpha, beta }) => ({ alpha: `${alpha}`, beta: `${beta}` })),
    individual_proofs: bits.map(written),
  };
  if (prepared.blank === null) {
    const alpha = choices.reduce((product, choice) => times(product, choice.alpha), 1n);
    const beta = choices.reduce((product, choice) => times(product, choice.beta), 1n);
    const { honest, rest } = prepared.overall;
    const parts = rangeParts(prepared, sum, holds(honest), rest);
    const proof = closed(`prove|${whole}|${alpha},${beta}|`, parts, honest.w, prepared.sumOfR);
    answer['overall_proof'] = written(proof);
  } else {
    const isBlank = marks[0] === 1;
    answer['overall_proof'] = written(overallProof(prepared, whole, isBlank, sum));
    answer['blank_proof'] = written(blankProof(prepared, whole, isBlank, sum));
  }
  const text = JSON.stringify({
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential,
    answers: [answer],
  });
  return { prepared, open: text.slice(0, -1), fingerprint: fingerprintOf(text) };
}

/** Signs a sealed vote with the secret that belongs to its credential. */
export function sign({ prepared, open, fingerprint }: Unsigned, secret: bigint): Sealed {
  const { w, a } = prepared.signing;
  const challenge = challengeOf(`sig|${fingerprint}|${a}`);
  const proof = proofText({ challenge, response: mod(w - secret * challenge, Q) });
  const text = `${open},"signature":${JSON.stringify({ hash: fingerprint, proof })}}`;
  return { text, tracker: fingerprintOf(text) };
}

/**
 * The parts that say of the sum each value between the question's `min` and `max`; `held` stands
 * for the one that holds, and is null where none of them does.
 */
function rangeParts(
  prepared: Prepared,
  sum: number,
  held: Part | null,
  feints: readonly Feint[],
): Part[] {
  const { min, max } = prepared.election.question;
  const left = [...feints];
  const parts: Part[] = [];
  for (let said = min; said <= max; said += 1) {
    const feint = said === sum && held !== null ? undefined : left.shift();
    if (feint !== undefined) parts.push(untrue(feint, sum - said));
    else if (held !== null) parts.push(held);
  }
  return parts;
}

/** That the vote is blank, or its sum within bounds. */
function overallProof(prepared: Prepared, whole: string, isBlank: boolean, sum: number): Proof[] {
  const { honest, first, rest } = prepared.overall;
  if (first === null) throw new RangeError('not prepared for a question with a blank vote');
  const parts = isBlank
    ? [holds(honest), ...rangeParts(prepared, sum, null, [first.forSum, ...rest])]
    : [untrue(first.forBlank, -1), ...rangeParts(prepared, sum, holds(honest), rest)];
  const r = isBlank ? (prepared.ciphers[0]?.r ?? 0n) : prepared.sumOfR;
  return closed(`bproof1|${whole}|`, parts, honest.w, r);
}

/** That the vote is not blank, or names nobody. */
function blankProof(prepared: Prepared, whole: string, isBlank: boolean, sum: number): Proof[] {
  const { blank } = prepared;
  if (blank === null) throw new RangeError('not prepared for a question with a blank vote');
  const { honest, feint } = blank;
  const parts = isBlank
    ? [untrue(feint.forBlank, 1), holds(honest)]
    : [holds(honest), untrue(feint.forSum, sum)];
  const r = isBlank ? prepared.sumOfR : (prepared.ciphers[0]?.r ?? 0n);
  return closed(`bproof0|${whole}|`, parts, honest.w, r);
}

function holds({ a, b }: Honest): Part {
  return { a, b, answer: null };
}

/** A part that does not hold, where the value is greater by `by` than the part says. */
function untrue(feint: Feint, by: number): Part {
  const shift = smallPower(by < 0 ? feint.down : feint.up, Math.abs(by));
  const { challenge, response, base } = feint;
  return { a: base.a, b: times(base.b, shift), answer: { challenge, response } };
}

/** Closes a proof: the part that holds takes the challenge that is left of the whole. */
function closed(prefix: string, parts: readonly Part[], w: bigint, r: bigint): Proof[] {
  const commitments = parts.map(({ a, b }) => `${a},${b}`).join(',');
  const taken = parts.reduce((sum, { answer }) => sum + (answer?.challenge ?? 0n), 0n);
  const challenge = mod(challengeOf(`${prefix}${commitments}`) - taken, Q);
  const own: Proof = { challenge, response: mod(w - r * challenge, Q) };
  return parts.map(({ answer }) => answer ?? own);
}

function written(proofs: readonly Proof[]): unknown {
  return proofs.map(proofText);
}

function proofText({ challenge, response }: Proof): { challenge: string; response: string } {
  return { challenge: `${challenge}`, response: `${response}` };
}
