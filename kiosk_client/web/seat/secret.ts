/*
 * A secret ballot at the tablet: what a touch seals, and whether this seat may.
 *
 * Rule: the seat seals what stands on its screen. Where the election's text names other answers
 * than the ballot on the floor, or another key is accredited than this device's, it seals nothing;
 * nor where the text is not the one that it showed first for this ballot.
 */
import { LANGUAGE_VALUES, type KioskBallot } from '@wire/types';
import { shortFingerprintOf } from '../secrecy/hashing';
import type { Answer, Attended, Seat, SignedReceipt } from './state';

/** Whether this ballot is sealed in the seat. */
export function isSecret(ballot: KioskBallot): boolean {
  return ballot.mode === 'secret';
}

/** Whether another device's key is accredited for this Member: this one's ballots would not count. */
export function isForeign(ballot: KioskBallot, own: string | null): boolean {
  return ballot.secret !== null && own !== null && ballot.secret.credential !== own;
}

/** The text that the seat showed first for the ballot on the floor, or shows now for the first time. */
export function attended(seat: Seat, ballot: KioskBallot | null): Attended | null {
  if (ballot === null || ballot.secret === null) return seat.attended;
  if (seat.attended?.ballot === ballot.id) return seat.attended;
  return { ballot: ballot.id, election: ballot.secret.election };
}

/** Whether the hall has put another election in place of the one that the seat showed. */
export function isSwapped({ attended: first }: Seat, { id, secret }: KioskBallot): boolean {
  return first?.ballot === id && first.election !== secret?.election;
}

/**
 * The fingerprint of the key that a ballot is sealed for, worked out from the text that is sealed,
 * as the scrutineers' program shows it. Null where there is none.
 */
export function scrutineersKeyOf({ secret }: KioskBallot): string | null {
  if (secret === null) return null;
  const key = read(secret.election).public_key;
  return typeof key === 'string' ? shortFingerprintOf(key) : null;
}

/** An answer as 0 or 1 for each value that is sealed, or null where the election is not what the screen shows. */
export function marksFor(ballot: KioskBallot, answer: Answer): readonly number[] | null {
  if (ballot.secret === null) return null;
  const asked = questionIn(ballot.secret.election);
  if (asked === null || !shows(ballot, asked.answers)) return null;
  const chosen =
    typeof answer === 'string'
      ? ballot.choices.map((choice) => choice === answer)
      : ballot.candidates.map(({ id }) => answer.includes(id));
  const marks = chosen.map(Number);
  return asked.blank ? [chosen.includes(true) ? 0 : 1, ...marks] : marks;
}

/** A signed receipt as text, with all that its signature is over, in that order. */
export function receiptText(signed: SignedReceipt): string {
  const { hall, ballot, press_id, tracker, n, signature } = signed;
  const format = 'hemicycle sealed receipt 1';
  return JSON.stringify({ format, hall, ballot, press_id, tracker, n, signature });
}

/** What stands in an election's text; nothing in one that is none, for which nothing is sealed. */
function read(text: string): {
  public_key?: unknown;
  questions?: { answers?: unknown; blank?: unknown }[];
} {
  try {
    return JSON.parse(text) as ReturnType<typeof read>;
  } catch {
    return {};
  }
}

function questionIn(text: string): { answers: readonly unknown[]; blank: boolean } | null {
  const question = read(text).questions?.[0];
  const answers: unknown = question?.answers;
  return Array.isArray(answers) ? { answers, blank: question?.blank === true } : null;
}

/** Whether these answers are those that the delegate sees, in the same order. */
function shows(ballot: KioskBallot, answers: readonly unknown[]): boolean {
  if (ballot.kind !== 'election') {
    return (
      answers.length === ballot.choices.length &&
      answers.every((answer, index) => answer === ballot.choices[index])
    );
  }
  if (answers.length !== ballot.candidates.length) return false;
  return ballot.candidates.every(({ id, name }, index) => {
    const answer = answers[index];
    return answer === id || LANGUAGE_VALUES.some((lang) => name[lang] === answer);
  });
}
