/*
 * The tablet as it runs: the pure seat, fed by the connection, the clock and the fingers.
 *
 * Rule: everything that happens goes through one step of `seat/events`; nothing else changes what
 * the seat knows.
 */
import { byCode } from '@kit/members';
import { newKey, Rest } from '@kit/rest';
import {
  CloseCode,
  type Choice,
  type HeldReceipt,
  type KioskView,
  type Language,
  type MemberInfo,
} from '@wire/types';
import type { Receipt, Refused, SealedReceived, Signal } from '@wire/types';
import { Connection, socketUrl, type ConnectionState } from '@wire/connection';
import {
  dropReceipt,
  dropSeatToken,
  keepReceipt,
  keepSeatToken,
  keepSigned,
  languageAtStart,
  receiptOf,
  signedOf,
  tokenAtStart,
} from './device';
import { CardDesk } from './card.svelte';
import { checkAddress } from './secrecy/audit';
import { Sealer } from './secrecy/sealer';
import type { Answer, Ask } from './secrecy/vault';
import {
  checkBegun,
  checkCast,
  checkEnded,
  checkOpened,
  checkRevealed,
  enclosedCame,
} from './seat/checking';
import {
  hallCame,
  keyCame,
  linkChanged,
  paperCast,
  paperChanged,
  receiptCame,
  refusalCame,
  sealedCame,
  sealedReceived,
  timePassed,
  touched,
  vaultFailed,
  viewCame,
} from './seat/events';
import type { Paper } from './seat/paper';
import { screenOf, spoken, type Screen, type Spoken } from './seat/screen';
import { mayBeDoubted, newSeat, type Link, type Seat } from './seat/state';
import type { Step } from './seat/step';

/** How often the clock of the screen moves, in milliseconds. */
const TICK = 100;

/** The screens that a card outlasts: a lost moment does not take it from who is writing it down. */
const KEEPS_CARD: ReadonlySet<Screen['kind']> = new Set(['idle', 'lost', 'connecting']);

/** What a vault is asked about a vote that somebody waits for. */
const VOTES: ReadonlySet<Ask['kind']> = new Set(['seal', 'enclose', 'sign', 'audit']);

/** What a state of the connection means for the seat. */
function linkOf(state: ConnectionState): Link {
  switch (state.is) {
    case 'connecting':
      return { kind: 'connecting' };
    case 'live':
      return { kind: 'online' };
    case 'lost':
      return { kind: 'lost' };
    case 'stopped':
      switch (state.code) {
        case CloseCode.REPLACED:
          return { kind: 'stopped', why: 'replaced' };
        case CloseCode.REVOKED:
          return { kind: 'stopped', why: 'revoked' };
        case CloseCode.UNAUTHORISED:
        case CloseCode.FORBIDDEN:
          return { kind: 'unpaired', rejected: true };
        default:
          return { kind: 'stopped', why: 'protocol' };
      }
  }
}

/** How far a hand-over is that was asked for here. That it is done, the view says. */
export type HandOver =
  { readonly kind: 'none' } | { readonly kind: 'asked' } | { readonly kind: 'refused' };

export class Tablet {
  /** This device's steady clock, in milliseconds. */
  now = $state(performance.now());
  /** The hall's clock, in milliseconds since 1970. */
  hallNow = $state(Date.now());
  /** The last thing that a screen reader was told. */
  said: Spoken | null = $state.raw(null);
  handOver: HandOver = $state.raw({ kind: 'none' });
  /** The Members by code, once a roll-call has asked for their names; empty until then. */
  members: ReadonlyMap<string, MemberInfo> = $state.raw(byCode([]));

  #seat: Seat = $state.raw(newSeat(false));
  #token = '';
  #lang: Language = languageAtStart();
  /** The hall of this connection, until its seat has registered there. */
  #unregistered: string | null = null;
  #sealer: Sealer | null = null;
  #attended = '';
  /** The card of this seat's key. */
  readonly card = new CardDesk((ask) => this.#sealer?.ask(ask));
  readonly screen = $derived(screenOf(this.#seat));
  readonly #connection: Connection<KioskView, Receipt | Refused | SealedReceived>;

  constructor() {
    this.#connection = new Connection<KioskView, Receipt | Refused | SealedReceived>({
      url: socketUrl('/ws/v1/kiosk', location),
      hello: () => ({
        token: this.#token,
        lang: this.#lang,
        device: navigator.userAgent.slice(0, 200),
        receipt: this.#lastReceipt(),
      }),
      onView: (view, { epoch }) => {
        this.#take(viewCame(this.#seat, epoch, view));
        const kept = receiptOf(this.#token);
        if (kept !== null && !mayBeDoubted(kept.ballot, view.ballot)) dropReceipt();
        this.#readyToSeal(view);
      },
      onState: (state) => this.#linked(linkOf(state)),
      onFrame: (frame) => {
        if (frame.type === 'welcome') this.#welcomed(frame.hall);
        else if (frame.type === 'received') this.#take(sealedReceived(this.#seat, frame.press_id));
        else if (frame.type === 'receipt') this.#stored(frame);
        else if (frame.type === 'refused') {
          this.#take(refusalCame(this.#seat, frame, performance.now()));
        } else if (frame.code === 'bad_hand_over') this.handOver = { kind: 'refused' };
      },
    });
  }

  get view(): KioskView | null {
    return this.#seat.view;
  }

  get link(): Link {
    return this.#seat.link;
  }

  /** Connects with the token of this device, if there is one. Returns what ends it all. */
  start(): () => void {
    const token = tokenAtStart();
    if (token !== '') this.#begin(token);
    const clock = setInterval(() => this.#tick(), TICK);
    return () => {
      clearInterval(clock);
      this.#connection.stop();
      this.#sealer?.stop();
    };
  }

  /** Becomes the seat of this token. */
  pair(token: string): void {
    keepSeatToken(token);
    this.#begin(token);
  }

  /** Forgets the token, to take another. */
  unpair(): void {
    dropSeatToken();
    this.#connection.stop();
    this.#take(linkChanged(this.#seat, { kind: 'unpaired', rejected: false }));
  }

  /** Takes the seat back from the device that replaced this one. */
  useHere(): void {
    this.#connection.restart();
  }

  /** A choice was touched. */
  choose(choice: Choice): void {
    this.#take(touched(this.#seat, choice, newKey(), performance.now()));
  }

  /** The paper of an election was touched. */
  fill(change: (paper: Paper) => Paper | null): void {
    this.#take(paperChanged(this.#seat, change));
  }

  /** The paper that was reviewed is cast. */
  cast(): void {
    this.#take(paperCast(this.#seat, newKey(), performance.now()));
  }

  /** The delegate wants to see whether this seat seals what is chosen. */
  check(): void {
    this.#take(checkBegun(this.#seat));
  }

  /** The ballot whose fingerprint is shown is cast. */
  castShown(): void {
    this.#take(checkCast(this.#seat, performance.now()));
  }

  /** The ballot whose fingerprint is shown is opened, and not cast. */
  openShown(): void {
    this.#take(checkOpened(this.#seat));
  }

  /** Back to voting as usual. */
  endCheck(): void {
    this.#take(checkEnded(this.#seat));
  }

  /** Asks the hall for the names of the Members, which a view has by code only. */
  async learnMembers(): Promise<void> {
    if (this.members.size > 0) return;
    const answer = await new Rest(() => this.#token).get<MemberInfo[]>('/members');
    if (answer.ok) this.members = byCode(answer.body);
  }

  /** Asks for assistance or a point of order, or withdraws it; the view says when it is known. */
  signal(signal: Signal, on: boolean): void {
    this.#connection.send({ type: 'signal', signal, on } as const);
  }

  /** This delegate of the Member votes from now on; the view says when it is so. */
  handOverTo(delegate: string): void {
    const sent = this.#connection.send({ type: 'hand_over', delegate } as const);
    this.handOver = { kind: sent ? 'asked' : 'refused' };
  }

  /** The list of delegates is closed. */
  endHandOver(): void {
    this.handOver = { kind: 'none' };
  }

  /** Tells the hall this seat's language, now and in each later `hello`. */
  speak(lang: Language): void {
    this.#lang = lang;
    this.said = null;
    this.#connection.send({ type: 'lang', lang } as const);
  }

  #begin(token: string): void {
    this.#token = token;
    this.#seat = { ...newSeat(true), signed: signedOf(token) };
    this.#connection.restart();
  }

  #linked(link: Link): void {
    if (link.kind === 'unpaired') dropSeatToken();
    this.#take(linkChanged(this.#seat, link));
  }

  #welcomed(hall: string): void {
    this.#unregistered = hall;
    this.#take(hallCame(this.#seat, hall));
  }

  #stored(receipt: Receipt): void {
    this.#take(receiptCame(this.#seat, receipt));
    const { held, signed } = this.#seat;
    if (held !== null) keepReceipt(this.#token, presentable(held.receipt));
    if (signed !== null) keepSigned(this.#token, signed);
  }

  #lastReceipt(): HeldReceipt | null {
    const held = this.#seat.held?.receipt;
    return held ? presentable(held) : receiptOf(this.#token);
  }

  /** Makes or finds this seat's key, and works ballots out ahead, as the view shows the need. */
  #readyToSeal(view: KioskView): void {
    if (!view.secret_ballots) return;
    this.#sealer ??= new Sealer((answer) => this.#unsealed(answer));
    if (this.#unregistered !== null) {
      this.#sealer.ask({ kind: 'accredit', hall: this.#unregistered, member: view.member });
      this.#unregistered = null;
    }
    const secret = view.ballot?.secret ?? null;
    if (secret === null || secret.fingerprint === this.#attended) return;
    this.#attended = secret.fingerprint;
    this.#sealer.ask({ kind: 'prepare', election: secret.election });
  }

  #unsealed(answer: Answer): void {
    switch (answer.kind) {
      case 'accredited':
        this.#take(keyCame(this.#seat, answer.public));
        if (this.view !== null && this.view.credential !== answer.fingerprint) {
          const { public: credential, proof } = answer;
          this.#connection.send({ type: 'accredit', public: credential, proof });
        }
        this.card.keyed();
        return;
      case 'card':
      case 'card_refused':
        this.card.answered(answer, performance.now());
        return;
      case 'sealed':
        this.#take(sealedCame(this.#seat, answer.id, answer));
        return;
      case 'enclosed':
        this.#take(enclosedCame(this.#seat, answer.id, answer.fingerprint));
        return;
      case 'audited':
        void this.#reveal(answer.id, answer.text);
        return;
      case 'failed':
        this.card.failed(answer.what);
        // What failed ahead of a vote fails again when it is sealed, and is told then.
        if (VOTES.has(answer.what)) this.#take(vaultFailed(this.#seat));
        return;
      case 'prepared':
    }
  }

  async #reveal(id: string, text: string): Promise<void> {
    const address = await checkAddress(location.origin, text);
    this.#take(checkRevealed(this.#seat, id, text, address));
  }

  #tick(): void {
    this.now = performance.now();
    this.hallNow = this.#connection.clock.now();
    this.#take(timePassed(this.#seat, this.now));
  }

  #take({ seat, send, ask }: Step): void {
    if (seat !== this.#seat) {
      const before = this.screen;
      this.#seat = seat;
      if (!KEEPS_CARD.has(this.screen.kind)) this.card.putAway();
      this.said = spoken(before, this.screen) ?? this.said;
    }
    if (send !== null) this.#connection.send(send);
    if (ask !== undefined) this.#sealer?.ask(ask);
  }
}

function presentable({ ballot, press_id, n, proof }: Receipt): HeldReceipt {
  return { ballot, press_id, n, proof };
}
