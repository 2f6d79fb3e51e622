/*
 * The public text of a secret ballot's election, read as far as a seat needs it.
 *
 * Rule: the text is hashed as it came and never written again. What a seat would not understand
 * (another group, several questions, a key outside the group) is refused, so that nobody seals a
 * vote into an election that is not what it seems.
 */
import { isElement } from './group';
import { fingerprintOf } from './hashing';

export interface Question {
  readonly answers: readonly string[];
  /** Whether a blank vote may be cast; it is then sealed as one more answer, before the others. */
  readonly blank: boolean;
  readonly min: number;
  readonly max: number;
}

export interface SecretElection {
  readonly text: string;
  readonly fingerprint: string;
  readonly uuid: string;
  readonly publicKey: bigint;
  readonly question: Question;
}

/** Why a text is no election for this seat. */
export class NotAnElection extends Error {}

/** Reads an election's text. Throws `NotAnElection`. */
export function readElection(text: string): SecretElection {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new NotAnElection('the election is not JSON');
  }
  const election = record(read, 'the election');
  if (election['version'] !== 1) throw new NotAnElection('the election is not of version 1');
  if (election['group'] !== 'BELENIOS-2048') throw new NotAnElection('not the group BELENIOS-2048');
  const questions = election['questions'];
  if (!Array.isArray(questions) || questions.length !== 1) {
    throw new NotAnElection('the election does not ask one question');
  }
  return {
    text,
    fingerprint: fingerprintOf(text),
    uuid: string(election['uuid'], 'uuid'),
    publicKey: publicKeyOf(election['public_key']),
    question: questionOf(record(questions[0], 'the question')),
  };
}

/** How many values a ballot of this question seals. */
export function sealedValues(question: Question): number {
  return question.answers.length + (question.blank ? 1 : 0);
}

/** Whether these marks, 0 or 1 for each sealed value, are a vote that the question allows. */
export function allows(question: Question, marks: readonly number[]): boolean {
  if (marks.length !== sealedValues(question)) return false;
  if (!marks.every((mark) => mark === 0 || mark === 1)) return false;
  const answers = question.blank ? marks.slice(1) : marks;
  const sum = answers.filter((mark) => mark === 1).length;
  if (question.blank && marks[0] === 1) return sum === 0;
  return question.min <= sum && sum <= question.max;
}

function publicKeyOf(value: unknown): bigint {
  const digits = string(value, 'public_key');
  if (!/^[1-9]\d{0,616}$/.test(digits)) throw new NotAnElection('public_key is not a number');
  const key = BigInt(digits);
  if (!isElement(key)) throw new NotAnElection('public_key is not in the group');
  return key;
}

function questionOf(question: Record<string, unknown>): Question {
  const answers = question['answers'];
  const { min, max, blank = false } = question;
  const areTexts =
    Array.isArray(answers) &&
    answers.every((answer): answer is string => typeof answer === 'string');
  if (!areTexts || answers.length === 0) throw new NotAnElection('the question has no answers');
  if (typeof blank !== 'boolean') throw new NotAnElection('blank is neither true nor false');
  if (!isCount(min) || !isCount(max) || min > max || max > answers.length) {
    throw new NotAnElection('min and max do not fit the answers');
  }
  return { answers, blank, min, max };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new NotAnElection(`${name} is not an object`);
  }
  return value as Record<string, unknown>;
}

function string(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new NotAnElection(`${name} is not a text`);
  return value;
}
