/*
 * A ballot made again from what a seat revealed, and compared with what the seat says of it.
 *
 * Rule: nothing that the seat says is believed. The ballot is made from the vote, the seed and the
 * election, down to its last byte; only the signature is not there, for what a seat opens it
 * does not sign.
 */
import {
  Base,
  drawsFrom,
  encrypt,
  inOrder,
  P,
  prove,
  shortHashOf,
  type Cipher,
  type Claim,
  type Proof,
} from './arithmetic';
import type { Claimed } from './reading';

/** What came out. `made` is the fingerprint of what the revealed seed makes. */
export type Finding =
  { readonly kind: 'holds' } | { readonly kind: 'wrong'; readonly made: string };

/** Makes the ballot again, and compares. */
export function answerTo(claimed: Claimed): Finding {
  const made = shortHashOf(bodyOf(claimed));
  return made === claimed.fingerprint ? { kind: 'holds' } : { kind: 'wrong', made };
}

/** The answers that the seat says were chosen; none for a blank vote. */
export function chosenIn({ marks, election: { asked } }: Claimed): readonly string[] {
  return asked.answers.filter((_, at) => marks[at + Number(asked.blank)] === 1);
}

/** The text that a signature would be over. */
function bodyOf({ election, credential, marks, seed }: Claimed): string {
  const { min, max, blank } = election.asked;
  const key = new Base(election.publicKey);
  const draw = drawsFrom(seed);
  const rs = marks.map(() => draw());
  const r = (at: number) => rs[at] ?? 0n;
  const ciphers = marks.map((mark, at) => encrypt(key, mark, r(at)));
  const single = `${election.fingerprint}|${credential}`;
  const whole = `${single}|${ciphers.map(said).join(',')}`;
  const individual = ciphers.map((cipher, at) => {
    const mark = marks[at] ?? 0;
    const claims = [0, 1].map((value) => ({ r: r(at), excess: mark - value }));
    return prove(`prove|${single}|${said(cipher)}`, key, claims, draw);
  });
  const first = Number(blank);
  const sum = marks.slice(first).reduce((total, mark) => total + mark, 0);
  const rSum = inOrder(rs.slice(first).reduce((total, each) => total + each, 0n));
  const wanted: Claim[] = Array.from({ length: max - min + 1 }, (_, at) => ({
    r: rSum,
    excess: sum - (min + at),
  }));
  const answer: Record<string, unknown> = {
    choices: ciphers.map(({ alpha, beta }) => ({ alpha: `${alpha}`, beta: `${beta}` })),
    individual_proofs: individual.map((proofs) => proofs.map(proofText)),
  };
  if (blank) {
    const isBlank = marks[0] ?? 0;
    const overall = [{ r: r(0), excess: isBlank - 1 }, ...wanted];
    const neither = [
      { r: r(0), excess: isBlank },
      { r: rSum, excess: sum },
    ];
    answer['overall_proof'] = prove(`bproof1|${whole}`, key, overall, draw).map(proofText);
    answer['blank_proof'] = prove(`bproof0|${whole}`, key, neither, draw).map(proofText);
  } else {
    const about = `prove|${whole}|${said(productOf(ciphers))}`;
    answer['overall_proof'] = prove(about, key, wanted, draw).map(proofText);
  }
  return JSON.stringify({
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential,
    answers: [answer],
  });
}

/** An encryption of the sum. */
function productOf(ciphers: readonly Cipher[]): Cipher {
  const one: Cipher = { alpha: 1n, beta: 1n };
  return ciphers.reduce(
    (product, { alpha, beta }) => ({
      alpha: (product.alpha * alpha) % P,
      beta: (product.beta * beta) % P,
    }),
    one,
  );
}

function said({ alpha, beta }: Cipher): string {
  return `${alpha},${beta}`;
}

function proofText({ challenge, response }: Proof): { challenge: string; response: string } {
  return { challenge: `${challenge}`, response: `${response}` };
}
