/*
 * The delegation's card at the tablet: made here, or taken from another device.
 *
 * Rules. Card and PIN are on the screen until they are hidden, and nowhere else. After a wrong PIN
 * the next one waits, longer each time; that slows a hand at this screen, and nobody who has the
 * card elsewhere.
 */
import type { Answer, Ask, CardFault } from './secrecy/vault';

/** How long the first wrong PIN makes wait, and how long any does at most, in milliseconds. */
const FIRST_WAIT = 3_000;
const LONGEST_WAIT = 60_000;

export type CardState =
  | { readonly kind: 'hidden' }
  | { readonly kind: 'making' }
  | { readonly kind: 'made'; readonly text: string; readonly pin: string }
  | { readonly kind: 'taking' }
  | { readonly kind: 'refused'; readonly why: CardFault; readonly until: number }
  /** The device cannot do it at all: its page did not come over a secure connection, say. */
  | { readonly kind: 'failed' };

export class CardDesk {
  state: CardState = $state.raw({ kind: 'hidden' });
  #wrong = 0;
  readonly #ask: (ask: Ask) => void;

  constructor(ask: (ask: Ask) => void) {
    this.#ask = ask;
  }

  /** Makes a card of this seat's key. */
  make(): void {
    this.state = { kind: 'making' };
    this.#ask({ kind: 'card' });
  }

  hide(): void {
    this.state = { kind: 'hidden' };
  }

  /** Another screen than the idle one: a card that was made does not come back with that. */
  putAway(): void {
    if (this.state.kind === 'making' || this.state.kind === 'made') this.hide();
  }

  /** Takes the key of a card, if it is the accredited one, whose public half is `expected`. */
  take(text: string, pin: string, expected: string): void {
    this.state = { kind: 'taking' };
    this.#ask({ kind: 'take_card', text, pin, expected });
  }

  /** The vault made a card, or took none. `now` is the tablet's steady clock, in milliseconds. */
  answered(answer: Extract<Answer, { kind: 'card' | 'card_refused' }>, now: number): void {
    if (answer.kind === 'card') {
      // Who has gone back meanwhile has no card on the screen.
      if (this.state.kind === 'making') this.state = { ...answer, kind: 'made' };
      return;
    }
    const { why } = answer;
    if (why === 'wrong_pin') this.#wrong += 1;
    const wait = Math.min(FIRST_WAIT * 2 ** (this.#wrong - 1), LONGEST_WAIT);
    this.state = { kind: 'refused', why, until: why === 'wrong_pin' ? now + wait : now };
  }

  /** The seat has a key: its own as before, or the card's. */
  keyed(): void {
    if (this.state.kind !== 'taking') return;
    this.#wrong = 0;
    this.state = { kind: 'hidden' };
  }

  /** The vault could not do what was asked. */
  failed(what: Ask['kind']): void {
    if (what === 'card' || what === 'take_card') this.state = { kind: 'failed' };
  }
}
