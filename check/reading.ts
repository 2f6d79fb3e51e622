/*
 * What a seat reveals of a ballot, read: as the text itself, or as the address in its QR code.
 *
 * Rule: it is read as `server/secrecy/challenge.py` reads it. A text has one form, the fields in
 * their order and nothing else; what is not so is a fault that says where, and never a guess.
 */
import { isInGroup, shortHashOf } from './arithmetic';

/** What was asked. `blank`: none may be chosen, which is sealed as one more mark before the others. */
export interface Asked {
  readonly question: string;
  readonly answers: readonly string[];
  readonly blank: boolean;
  readonly min: number;
  readonly max: number;
}

export interface Election {
  readonly fingerprint: string;
  readonly uuid: string;
  readonly name: string;
  readonly publicKey: bigint;
  readonly asked: Asked;
}

/** What a seat says of a ballot that it opened: all of it claimed, nothing checked. */
export interface Claimed {
  readonly fingerprint: string;
  readonly marks: readonly number[];
  readonly seed: Uint8Array;
  readonly credential: string;
  readonly election: Election;
}

/** Why a text cannot be checked. `field` names the place in what the seat reveals. */
export type Fault =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'cut_off' }
  | { readonly kind: 'field'; readonly place: string };

export type Read =
  | { readonly kind: 'claimed'; readonly claimed: Claimed }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** More characters than any seat reveals. */
export const LONGEST = 1_000_000;

const FORMAT = 'hemicycle ballot check 2';
const SEED_BYTES = 32;

/** What may stand around a text that was copied, sent or saved: spaces, and the mark of UTF-8. */
const AROUND = /^[ \t\r\n\f\v\u00a0\ufeff]+|[ \t\r\n\f\v\u00a0\ufeff]+$/g;

class Unfit extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.kind);
    this.fault = fault;
  }
}

const unfit = (place: string) => new Unfit({ kind: 'field', place });

/** Reads what somebody pasted, scanned or opened. */
export async function read(text: string): Promise<Read> {
  try {
    return { kind: 'claimed', claimed: claimedIn(await unpacked(text.replace(AROUND, ''))) };
  } catch (error) {
    if (error instanceof Unfit) return { kind: 'fault', fault: error.fault };
    throw error;
  }
}

function claimedIn(text: string): Claimed {
  const names = ['format', 'fingerprint', 'marks', 'seed', 'credential', 'election'];
  const found = fields(canonical(text, { kind: 'unreadable' }), names, 'check');
  if (found['format'] !== FORMAT) throw unfit('check.format');
  const election = electionIn(string(found['election'], 'check.election'));
  const credential = string(found['credential'], 'check.credential');
  element(credential, 'check.credential');
  const seed = bytes(string(found['seed'], 'check.seed'), () => unfit('check.seed'));
  if (seed.length !== SEED_BYTES) throw unfit('check.seed');
  return {
    fingerprint: string(found['fingerprint'], 'check.fingerprint'),
    marks: marksIn(found['marks'], election.asked),
    seed,
    credential,
    election,
  };
}

/** The marks, if they are a vote that the question takes. */
function marksIn(value: unknown, { answers, blank, min, max }: Asked): readonly number[] {
  const marks = list(value, 'check.marks');
  const fits = marks.every((mark): mark is number => mark === 0 || mark === 1);
  if (!fits || marks.length !== answers.length + Number(blank)) throw unfit('check.marks');
  const chosen = marks.slice(Number(blank)).filter((mark) => mark === 1).length;
  const takes = blank && marks[0] === 1 ? chosen === 0 : min <= chosen && chosen <= max;
  if (!takes) throw unfit('check.marks');
  return marks;
}

function electionIn(text: string): Election {
  const place = 'check.election';
  const names = ['version', 'description', 'name', 'group', 'public_key', 'questions', 'uuid'];
  const optional = ['administrator', 'credential_authority'];
  const value = canonical(text, { kind: 'field', place });
  const found = fields(value, [...names, ...optional], place, optional);
  if (found['version'] !== 1) throw unfit(`${place}.version`);
  if (found['group'] !== 'BELENIOS-2048') throw unfit(`${place}.group`);
  for (const name of ['description', ...optional.filter((each) => each in found)]) {
    string(found[name], `${place}.${name}`);
  }
  const uuid = string(found['uuid'], `${place}.uuid`);
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(uuid)) throw unfit(`${place}.uuid`);
  const questions = list(found['questions'], `${place}.questions`);
  if (questions.length !== 1) throw unfit(`${place}.questions`);
  return {
    fingerprint: shortHashOf(text),
    uuid,
    name: string(found['name'], `${place}.name`),
    publicKey: element(found['public_key'], `${place}.public_key`),
    asked: askedIn(questions[0], `${place}.questions[0]`),
  };
}

function askedIn(value: unknown, place: string): Asked {
  const names = ['answers', 'blank', 'min', 'max', 'question'];
  const found = fields(value, names, place, ['blank']);
  const blank = 'blank' in found ? found['blank'] : false;
  if (typeof blank !== 'boolean') throw unfit(`${place}.blank`);
  const answers = list(found['answers'], `${place}.answers`).map((answer, at) =>
    string(answer, `${place}.answers[${at}]`),
  );
  const min = small(found['min'], `${place}.min`);
  const max = small(found['max'], `${place}.max`);
  if (answers.length === 0 || min > max || max > answers.length) throw unfit(place);
  const question = string(found['question'], `${place}.question`);
  return { question, answers, blank, min, max };
}

/** The text itself, or what stands deflated and in URL-safe Base64 behind an address's `#`. */
async function unpacked(text: string): Promise<string> {
  if (text === '') throw new Unfit({ kind: 'nothing' });
  if (text.length > LONGEST) throw new Unfit({ kind: 'unreadable' });
  if (text.startsWith('{')) return text;
  const packed = text
    .slice(text.lastIndexOf('#') + 1)
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  const plain = await inflated(bytes(packed, () => new Unfit({ kind: 'unreadable' })));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
  } catch {
    throw new Unfit({ kind: 'unreadable' });
  }
}

/** Inflates (RFC 1951), but not without end: somebody may have packed a gigabyte. */
async function inflated(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = stream.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      length += part.value.length;
      if (length > LONGEST) {
        await reader.cancel();
        break;
      }
    }
  } catch {
    // A stream does not tell why it cannot go on; what began to unfold was cut off, most likely.
    throw new Unfit({ kind: length > 0 ? 'cut_off' : 'unreadable' });
  }
  if (length > LONGEST) throw new Unfit({ kind: 'unreadable' });
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The value of a text in the one form that it may have. */
function canonical(text: string, fault: Fault): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unfit(fault);
  }
  // Half of a surrogate pair has no bytes in UTF-8, so it has no hash.
  const halves = /\p{Surrogate}|\\ud[89a-f]/u.test(text.replaceAll('\\\\', ''));
  if (halves || JSON.stringify(value) !== text) throw new Unfit(fault);
  return value;
}

function fields(
  value: unknown,
  names: readonly string[],
  place: string,
  optional: readonly string[] = [],
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unfit(place);
  const expected = names.filter((name) => Object.hasOwn(value, name) || !optional.includes(name));
  const keys = Object.keys(value);
  const fits = keys.length === expected.length && keys.every((key, at) => key === expected[at]);
  if (!fits) throw unfit(place);
  return value as Record<string, unknown>;
}

function list(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw unfit(place);
  return value;
}

function string(value: unknown, place: string): string {
  if (typeof value !== 'string') throw unfit(place);
  return value;
}

function small(value: unknown, place: string): number {
  const fits = typeof value === 'number' && Number.isInteger(value);
  if (!fits || value < 0 || value >= 2 ** 31) throw unfit(place);
  return value;
}

/** An element of the group in canonical decimals. */
function element(value: unknown, place: string): bigint {
  const digits = string(value, place);
  if (!/^(?:0|[1-9][0-9]{0,616})$/.test(digits)) throw unfit(place);
  const found = BigInt(digits);
  if (!isInGroup(found)) throw unfit(place);
  return found;
}

/** What a text in Base64 without padding says. */
function bytes(text: string, fault: () => Unfit): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9+/]*$/.test(text) || text.length % 4 === 1) throw fault();
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
