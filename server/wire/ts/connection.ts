/**
 * A screen's connection to the hall: one conversation that outlives its sockets.
 *
 * Rules. Views replace each other whole and never run backwards: (epoch as text, seq) is kept
 * across reconnects, and an older view is dropped. A connection that says nothing for two seconds
 * is lost, said so, and given up, since a half-open socket never tells. Close codes from 4400 to
 * 4499 mean stop; every other end means come back, after a pause that grows and is shuffled so
 * that a hall of seats does not return in one instant. What was not sent is never kept: a press
 * belongs to the moment, and its owner decides whether to send it again.
 */
import {
  PROTOCOL,
  type Beat,
  type ErrorFrame,
  type HeldReceipt,
  type Hello,
  type Language,
  type ScreenFrame,
  type SeatFrame,
  type Welcome,
} from './types';

/** Beats come at least every second; twice that in silence means that the connection is lost. */
export const SILENCE_MS = 2000;
/** How long a socket may take to open and answer `hello`. */
export const ANSWER_MS = 5000;
export const FIRST_PAUSE_MS = 250;
export const LONGEST_PAUSE_MS = 4000;

/** `live` means that a view of this very connection is held and the hall still speaks. */
export type ConnectionState =
  | { readonly is: 'connecting' }
  | { readonly is: 'live' }
  | { readonly is: 'lost' }
  | { readonly is: 'stopped'; readonly code: number; readonly reason: string };

export interface Position {
  readonly epoch: string;
  readonly seq: number;
}

export interface ViewFrame<View> {
  type: 'view';
  epoch: string;
  seq: number;
  view: View;
}

/** What any of the three sockets sends; `Extra` is what only some have, such as receipts. */
export type ServerFrame<View, Extra extends { type: string } = never> =
  Welcome | ViewFrame<View> | Beat | ErrorFrame | Extra;

export interface ConnectionOptions<View, Extra extends { type: string } = never> {
  /** Such as `wss://hall.example/ws/v1/display`. */
  url: string;
  /** Asked at each `hello`, so that language and receipt are those of the moment. */
  hello: () => { token: string; lang: Language; device?: string; receipt?: HeldReceipt | null };
  onView: (view: View, position: Position) => void;
  onState: (state: ConnectionState) => void;
  /** Everything that is neither a view nor a beat: welcome, receipts, refusals, errors. */
  onFrame?: (frame: Welcome | ErrorFrame | Extra) => void;
  /** In [0, 1); replaced in tests. */
  random?: () => number;
}

/** Whether a view at `next` may replace one at `held`: anything but an older one. */
export function mayReplace(held: Position | null, next: Position): boolean {
  if (held === null || next.epoch > held.epoch) return true;
  return next.epoch === held.epoch && next.seq >= held.seq;
}

/** Whether a socket that was closed with this code should come back. */
export function isTransient(code: number): boolean {
  return code < 4400 || code > 4499;
}

/** The pause before attempt n (from 0), in ms: doubled each time, then shuffled by a half. */
export function pauseBefore(attempt: number, random: number): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 16));
  return full * (0.5 + random / 2);
}

/** The socket's address on the host that served this page. */
export function socketUrl(path: string, page: { protocol: string; host: string }): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}${path}`;
}

/**
 * The hall's clock as seen from here. A frame can only be late, so the sample that puts the
 * hall's clock furthest ahead is the one that travelled fastest. Old samples are forgotten,
 * since quartz drifts. It does not follow this machine's clock when somebody sets it.
 */
export class HallClock {
  readonly #samples: number[] = [];
  readonly #local: () => number;

  /** `local` is a clock of this machine that nobody sets, in ms. */
  constructor(local: () => number = () => performance.now()) {
    this.#local = local;
  }

  heard(serverTime: number): void {
    this.#samples.push(serverTime - this.#local());
    if (this.#samples.length > 60) this.#samples.shift();
  }

  /** Milliseconds since 1970 on the hall's clock; this machine's before the first frame. */
  now(): number {
    if (this.#samples.length === 0) return Date.now();
    return this.#local() + Math.max(...this.#samples);
  }
}

export class Connection<View, Extra extends { type: string } = never> {
  readonly clock = new HallClock();

  readonly #options: ConnectionOptions<View, Extra>;
  #socket: WebSocket | null = null;
  #held: Position | null = null;
  #state: ConnectionState = { is: 'connecting' };
  #attempt = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ConnectionOptions<View, Extra>) {
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Connects, and goes on connecting until `stop` or a code that says stop. */
  start(): void {
    if (this.#socket === null) this.#connect();
  }

  /** Ends the conversation without a word to the screen. */
  stop(): void {
    clearTimeout(this.#pause);
    this.#leave();
  }

  /** Says `hello` anew on a new socket, after a token or seat has changed. */
  restart(): void {
    this.stop();
    this.#attempt = 0;
    this.#enter({ is: 'connecting' });
    this.#connect();
  }

  /** Sends a frame if the connection lives; false means that it was not sent and is not kept. */
  send(frame: SeatFrame | ScreenFrame): boolean {
    const socket = this.#socket;
    if (this.#state.is !== 'live' || socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  #connect(): void {
    const socket = new WebSocket(this.#options.url);
    this.#socket = socket;
    this.#listen(ANSWER_MS);
    socket.onopen = () => {
      const hello: Hello = { type: 'hello', protocol: PROTOCOL, ...this.#options.hello() };
      socket.send(JSON.stringify(hello));
    };
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (typeof event.data === 'string') this.#receive(event.data);
    };
    socket.onclose = (event) => this.#ended(event.code, event.reason);
  }

  #receive(text: string): void {
    const frame = JSON.parse(text) as ServerFrame<View, Extra>;
    this.#listen(SILENCE_MS);
    if (isView(frame)) {
      this.#replace(frame);
    } else if (isBeat(frame)) {
      this.clock.heard(frame.server_time);
    } else {
      if (isWelcome(frame)) this.clock.heard(frame.server_time);
      this.#options.onFrame?.(frame);
    }
  }

  #replace(frame: ViewFrame<View>): void {
    const next = { epoch: frame.epoch, seq: frame.seq };
    // An older view is not shown, but it does show that this connection is behind: not live.
    if (!mayReplace(this.#held, next)) return;
    this.#held = next;
    this.#options.onView(frame.view, next);
    this.#attempt = 0;
    this.#enter({ is: 'live' });
  }

  /** Restarts the silence that is borne before this socket is given up. */
  #listen(ms: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#ended(0, 'silence'), ms);
  }

  #ended(code: number, reason: string): void {
    this.#leave();
    if (!isTransient(code)) {
      this.#enter({ is: 'stopped', code, reason });
      return;
    }
    this.#enter({ is: 'lost' });
    const random = this.#options.random ?? Math.random;
    this.#pause = setTimeout(() => this.#connect(), pauseBefore(this.#attempt, random()));
    this.#attempt += 1;
  }

  /** Drops the socket; its later events must not reach the next one. */
  #leave(): void {
    clearTimeout(this.#silence);
    const socket = this.#socket;
    if (socket === null) return;
    this.#socket = null;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #enter(state: ConnectionState): void {
    if (state.is === this.#state.is && state.is !== 'stopped') return;
    this.#state = state;
    this.#options.onState(state);
  }
}

// A generic `Extra` keeps TypeScript from narrowing by `type`: these say what it means.
const isView = <V>(frame: { type: string }): frame is ViewFrame<V> => frame.type === 'view';
const isBeat = (frame: { type: string }): frame is Beat => frame.type === 'beat';
const isWelcome = (frame: { type: string }): frame is Welcome => frame.type === 'welcome';
