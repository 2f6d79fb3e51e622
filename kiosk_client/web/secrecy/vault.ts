/*
 * What a seat knows in secret: its key, the ballots worked out ahead, and for a moment the seed of
 * a ballot that may be checked.
 *
 * Rules. Nothing secret leaves but through `audit`, which spends the ballot, and `card`, which wraps
 * the key with a PIN. A prepared ballot is used once and dropped, and its randomness with it; a seed
 * is kept only for a ballot on the checking way, and only until it is revealed, cast or replaced.
 * What may be revealed is not signed, and what was signed is not revealed.
 */
import { checkText } from './audit';
import { newPin, unwrapped, wrapped, type Unwrapped } from './card';
import { accreditationProof, credentialOf, newCredential, type Credential } from './credential';
import { drawsFrom, newSeed } from './draws';
import { readElection, type SecretElection } from './election';
import { exponentiations } from './group';
import { shortFingerprintOf } from './hashing';
import type { Keys } from './keys';
import { prepare, tablesFor, type Prepared, type Tables } from './preparing';
import { seal, sign, type Unsigned } from './sealing';

interface Vote {
  readonly id: string;
  readonly election: string;
  readonly marks: readonly number[];
}

/** What the seat asks. `id` comes back with the answer. */
export type Ask =
  | { readonly kind: 'accredit'; readonly hall: string; readonly member: string }
  | { readonly kind: 'prepare'; readonly election: string }
  /** Seal and sign; the seed is dropped at once. */
  | ({ readonly kind: 'seal' } & Vote)
  /** Seal, and sign nothing: `sign` or `audit` comes next, under the same `id`. */
  | ({ readonly kind: 'enclose' } & Vote)
  /** Sign what was enclosed, which can then no longer be opened. */
  | { readonly kind: 'sign'; readonly id: string }
  /** Open what was enclosed, which can then no longer be signed. */
  | { readonly kind: 'audit'; readonly id: string }
  | { readonly kind: 'forget' }
  /** The key on a card, under a PIN that is drawn. */
  | { readonly kind: 'card' }
  /** Take the key of a card, if it is the one that is accredited: `expected` is its public half. */
  | {
      readonly kind: 'take_card';
      readonly text: string;
      readonly pin: string;
      readonly expected: string;
    };

export type Answer =
  | {
      readonly kind: 'accredited';
      readonly hall: string;
      readonly member: string;
      readonly public: string;
      readonly proof: string;
      readonly fingerprint: string;
    }
  | { readonly kind: 'prepared'; readonly election: string }
  | {
      readonly kind: 'sealed';
      readonly id: string;
      readonly text: string;
      readonly tracker: string;
      /** What it took between the touch and the text, in powers of 2048-bit numbers. */
      readonly exponentiations: number;
    }
  /** `fingerprint` is what a signature would be over. */
  | { readonly kind: 'enclosed'; readonly id: string; readonly fingerprint: string }
  | { readonly kind: 'audited'; readonly id: string; readonly text: string }
  | { readonly kind: 'card'; readonly text: string; readonly pin: string }
  | { readonly kind: 'card_refused'; readonly why: CardFault }
  /** The seat cannot seal: `what` says which step failed, `why` is for the log. */
  | { readonly kind: 'failed'; readonly what: Ask['kind']; readonly why: string };

/** Why a card's key was not taken; `other_key`: it is not, or no longer, the accredited one. */
export type CardFault = Exclude<Unwrapped['kind'], 'key'> | 'other_key';

/** So many ballots are kept ready: one to check and one to cast after it. */
const AHEAD = 2;

interface Ready {
  readonly seed: Uint8Array;
  readonly prepared: Prepared;
}

interface Enclosed extends Vote {
  readonly seed: Uint8Array;
  readonly credential: Credential;
  readonly made: Unsigned;
}

export class Vault {
  readonly #keys: Keys;
  #credential: Credential | null = null;
  #whose: { readonly hall: string; readonly member: string } | null = null;
  #election: SecretElection | null = null;
  #tables: Tables | null = null;
  #ready: Ready[] = [];
  #enclosed: Enclosed | null = null;

  constructor(keys: Keys) {
    this.#keys = keys;
  }

  /** Answers one ask; null where there is nothing to say. */
  async answer(ask: Ask): Promise<Answer | null> {
    try {
      switch (ask.kind) {
        case 'accredit':
          return await this.#accredit(ask.hall, ask.member);
        case 'prepare':
          this.#attend(ask.election);
          if (this.#ready.length === 0) this.work();
          return { kind: 'prepared', election: ask.election };
        case 'seal':
          return this.#seal(ask);
        case 'enclose':
          return this.#enclose(ask);
        case 'sign':
          return this.#sign(ask.id);
        case 'audit':
          return this.#audit(ask.id);
        case 'forget':
          this.#enclosed = null;
          return null;
        case 'card':
          return await this.#card();
        case 'take_card':
          return await this.#takeCard(ask);
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', what: ask.kind, why };
    }
  }

  /** Works one ballot out ahead; whether there was one to work out. */
  work(): boolean {
    if (this.#election === null || this.#ready.length >= AHEAD) return false;
    this.#ready.push(this.#workedOut(this.#election));
    return true;
  }

  async #accredit(hall: string, member: string): Promise<Answer> {
    const name = JSON.stringify([hall, member]);
    const kept = await this.#keys.read(name);
    const credential = kept === null ? newCredential(drawsFrom(newSeed())) : credentialOf(kept);
    if (kept === null) await this.#keys.keep(name, credential.secret);
    return this.#registered(hall, member, credential);
  }

  #registered(hall: string, member: string, credential: Credential): Answer {
    this.#credential = credential;
    this.#whose = { hall, member };
    return {
      kind: 'accredited',
      hall,
      member,
      public: credential.public,
      proof: accreditationProof(credential, hall, member, drawsFrom(newSeed())),
      fingerprint: shortFingerprintOf(credential.public),
    };
  }

  async #card(): Promise<Answer> {
    if (this.#credential === null || this.#whose === null) {
      throw new Error('this seat has no key yet');
    }
    const { hall, member } = this.#whose;
    const pin = newPin();
    const text = await wrapped(this.#credential.secret, hall, member, pin);
    return { kind: 'card', text, pin };
  }

  async #takeCard({ text, pin, expected }: Extract<Ask, { kind: 'take_card' }>): Promise<Answer> {
    if (this.#whose === null) throw new Error('this seat knows no hall yet');
    const { hall, member } = this.#whose;
    const found = await unwrapped(text, hall, member, pin);
    if (found.kind !== 'key') return { kind: 'card_refused', why: found.kind };
    const credential = credentialOf(found.secret);
    if (credential.public !== expected) return { kind: 'card_refused', why: 'other_key' };
    await this.#keys.keep(JSON.stringify([hall, member]), credential.secret);
    return this.#registered(hall, member, credential);
  }

  #attend(text: string): SecretElection {
    if (this.#election?.text === text) return this.#election;
    const election = readElection(text);
    this.#election = election;
    this.#tables = tablesFor(election);
    this.#ready = [];
    this.#enclosed = null;
    return election;
  }

  #workedOut(election: SecretElection): Ready {
    const seed = newSeed();
    const tables = this.#tables ?? tablesFor(election);
    return { seed, prepared: prepare(election, tables, drawsFrom(seed), drawsFrom(newSeed())) };
  }

  #seal(vote: Vote): Answer {
    const before = exponentiations();
    const made = this.#made(vote);
    this.#enclosed = null;
    return signed(made, before);
  }

  #enclose(vote: Vote): Answer {
    this.#enclosed = this.#made(vote);
    return { kind: 'enclosed', id: vote.id, fingerprint: this.#enclosed.made.fingerprint };
  }

  #sign(id: string): Answer {
    const before = exponentiations();
    return signed(this.#taken(id), before);
  }

  #audit(id: string): Answer {
    const { election, credential, marks, seed, made } = this.#taken(id);
    return { kind: 'audited', id, text: checkText(election, credential.public, marks, seed, made) };
  }

  #made(vote: Vote): Enclosed {
    const credential = this.#credential;
    if (credential === null) throw new Error('this seat has no key yet');
    const election = this.#attend(vote.election);
    const { seed, prepared } = this.#ready.shift() ?? this.#workedOut(election);
    return { ...vote, seed, credential, made: seal(prepared, credential.public, vote.marks) };
  }

  /** What was enclosed under this id, for the one thing that is done with it. */
  #taken(id: string): Enclosed {
    const enclosed = this.#enclosed;
    this.#enclosed = null;
    if (enclosed?.id !== id) throw new Error('this ballot is no longer here');
    return enclosed;
  }
}

/** The ballot that can be cast; `before` is how many powers had been taken when it was begun. */
function signed({ id, credential, made }: Enclosed, before: number): Answer {
  const { text, tracker } = sign(made, credential.secret);
  return { kind: 'sealed', id, text, tracker, exponentiations: exponentiations() - before };
}
