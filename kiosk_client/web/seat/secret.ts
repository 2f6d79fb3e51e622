/*
 * A secret ballot at the tablet: what a touch seals, and whether this seat may.
 *
 * Rule: the seat seals what stands on its screen. Where the election's text names other answers
 * than the ballot on the floor, or another key is accredited than this device's, it seals nothing.
 */
import { LANGUAGE_VALUES, type KioskBallot } from '@wire/types';
import type { Answer, SignedReceipt } from './state';

/** Whether this ballot is sealed in the seat. */
export function isSecret(ballot: KioskBallot): boolean {
  return ballot.mode === 'secret';
}

/** Whether another device's key is accredited for this Member: this one's ballots would not count. */
export function isForeign(ballot: KioskBallot, own: string | null): boolean {
  return ballot.secret !== null && own !== null && ballot.secret.credential !== own;
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

function questionIn(text: string): { answers: readonly unknown[]; blank: boolean } | null {
  const election = JSON.parse(text) as { questions?: { answers?: unknown; blank?: unknown }[] };
  const question = election.questions?.[0];
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
