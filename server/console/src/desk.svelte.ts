/**
 * The operator's desk: who is signed in, what the hall shows, and what is asked of it.
 *
 * Rule: what may be done comes from the view (`commands`, `next`) and from nowhere else. The desk
 * keeps only what the hall does not know: which item or ballot is looked at, which panel is open,
 * which scene is being previewed.
 */
import { type Answer, Rest } from '@kit/rest';
import { byCode } from '@kit/members';
import { type Speech } from '@kit/speech.svelte';
import { Connection, type ConnectionState, socketUrl } from '@wire/connection';
import {
  type AgendaItemView,
  type AssemblyInfo,
  type BallotResponse,
  CloseCode,
  type CommandBody,
  type CommandOption,
  type ConsoleView,
  type MemberInfo,
  type Problem,
  type Scene,
  type SceneRequest,
} from '@wire/types';
import { getContext, setContext } from 'svelte';
import * as hall from './hall';
import { type Filled, type RollCallAnswer, isOffered, isSame, optionFor } from './orders';
import { isSignedOut } from './problems';
import { type Session, forget, keep, recall } from './session';
import { Task } from './task.svelte';

/** What stands over the desk. */
export type Panel =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'command';
      readonly option: CommandOption;
      /** What the form begins with. */
      readonly start?: Partial<Filled>;
    }
  | { readonly kind: 'motion'; readonly item: AgendaItemView | null }
  | { readonly kind: 'election'; readonly item: AgendaItemView | null }
  | { readonly kind: 'edit'; readonly ballot: BallotResponse }
  | { readonly kind: 'adopt'; readonly item: AgendaItemView }
  | { readonly kind: 'member'; readonly member: string }
  | { readonly kind: 'admit'; readonly ballot: string | null }
  | { readonly kind: 'display' }
  | { readonly kind: 'pairing' }
  | { readonly kind: 'journal' }
  | { readonly kind: 'quorum' }
  | { readonly kind: 'keys' };

/** An order: a command of the view with the body that the operator filled in. */
export interface Order {
  readonly option: CommandOption;
  readonly body: CommandBody;
}

/** Which list of exceptions is being looked at. */
export type Watch = 'all' | 'assistance' | 'silent';

const DESK = Symbol('desk');

export class Desk {
  readonly speech: Speech;
  readonly rest = new Rest(() => this.session?.token ?? '');

  session = $state.raw<Session | null>(null);
  /** The session ended by itself: the sign-in page says so. */
  expired = $state(false);

  assembly = $state.raw<AssemblyInfo | null>(null);
  members = $state.raw<readonly MemberInfo[]>([]);
  /** Why assembly or Members could not be read, until they are. */
  unread = $state.raw<Problem | null>(null);

  view = $state.raw<ConsoleView | null>(null);
  connection = $state.raw<ConnectionState>({ is: 'connecting' });
  now = $state(Date.now());

  item = $state<string | null>(null);
  /** The ballot that is looked at, if it is not the one on the floor. */
  ballot = $state<string | null>(null);
  panel = $state.raw<Panel>({ kind: 'none' });
  preview = $state<Scene>('auto');
  watch = $state<Watch>('all');
  /** What was just done, for whoever listens. */
  said = $state('');

  readonly orders: Task<Order, BallotResponse>;
  readonly scenes: Task<SceneRequest, unknown>;

  readonly byCode = $derived(byCode(this.members));
  readonly live = $derived(this.connection.is === 'live');
  readonly shownItem = $derived(
    this.view?.agenda.find((item) => item.number === this.item) ?? null,
  );

  readonly frozen = $derived(this.view !== null && this.view.chosen_scene !== 'auto');
  /** The ballot in the centre: looked at, on the floor, or the one that comes next. */
  readonly shown = $derived(
    this.ballot ?? this.view?.ballot?.id ?? this.view?.next?.ballot ?? null,
  );

  /** The order that waits for the answer to the one in flight. */
  #waiting = $state.raw<Order | null>(null);
  #socket: Connection<ConsoleView> | null = null;
  #tick: ReturnType<typeof setInterval> | undefined;

  constructor(speech: Speech) {
    this.speech = speech;
    this.orders = this.task(
      (key, { option, body }: Order) =>
        hall.command(this.rest, key, option.ballot, option.command, body),
      (made, { option }) => {
        this.closeCommand(option);
        // A next round, a second vote or a vote again is another ballot: what comes next is there.
        if (made.id !== option.ballot) this.lookAt(made.id, made.item);
      },
    );
    this.scenes = this.task((key, body: SceneRequest) => hall.scene(this.rest, key, body));
  }

  /** A task of this desk: an answer that says "signed out" leads to the sign-in page. */
  task<W, T>(
    send: (key: string, what: W) => Promise<Answer<T>>,
    done?: (body: T, what: W) => void,
  ): Task<W, T> {
    return new Task(send, () => this.signOutExpired(), done);
  }

  /** Takes up the session of this tab, if there is one. */
  resume(): void {
    const session = recall(sessionStorage, Date.now());
    if (session !== null) this.#enter(session);
  }

  signIn(session: Session): void {
    keep(sessionStorage, session);
    this.expired = false;
    this.#enter(session);
  }

  /** Signs out here at once; the hall is told, and forgets the token by itself if it does not hear. */
  async signOut(): Promise<void> {
    const told = hall.logout(this.rest);
    this.#leave();
    await told;
  }

  signOutExpired(): void {
    this.#leave();
    this.expired = true;
  }

  open(panel: Panel): void {
    this.panel = panel;
  }

  close(): void {
    this.panel = { kind: 'none' };
  }

  lookAtItem(number: string): void {
    this.item = number;
  }

  /** Looks at a ballot; the one on the floor is simply what stands there by itself. */
  lookAt(ballot: string, item: string | null): void {
    this.ballot = ballot === this.view?.ballot?.id ? null : ballot;
    this.item = item;
  }

  /**
   * Sends an order; a command in flight is not sent twice. The view is often there before the
   * answer: what is pressed next waits for that answer, and is sent if it is still offered then.
   */
  order(option: CommandOption, body: CommandBody = {}): void {
    if (this.isBusy(option)) return;
    if (this.orders.sending) this.#waiting = { option, body };
    else void this.#send({ option, body });
  }

  /** Enters the answer of the Member that is called now; false where nobody can answer. */
  answer(choice: RollCallAnswer): boolean {
    const ballot = this.view?.ballot ?? null;
    const member = ballot?.calling?.member ?? null;
    const option = optionFor(this.view?.commands ?? [], ballot?.id ?? null, 'call');
    if (ballot === null || member === null || option === null) return false;
    this.order(option, { member, choice });
    return true;
  }

  /** Whether a press on this command could not be taken now. */
  isBusy(option: CommandOption): boolean {
    const { progress } = this.orders;
    if (progress.at !== 'sending') return false;
    return this.#waiting !== null || isSame(progress.attempt.what.option, option);
  }

  take(scene: Scene, more: Omit<SceneRequest, 'scene'> = {}): void {
    void this.scenes.run({ scene, ...more });
  }

  /**
   * Keeps the scene that is on air, whatever the ballot does, or lets the display follow again.
   * The scene stands; what it shows stays true.
   */
  freeze(): void {
    if (this.view === null) return;
    this.take(this.frozen ? 'auto' : this.view.scene);
  }

  /** Reads assembly and Members, again and again until the hall answers. */
  async read(): Promise<void> {
    const [assembly, members] = await Promise.all([
      hall.assembly(this.rest),
      hall.members(this.rest),
    ]);
    const failed = assembly.ok ? (members.ok ? null : members.problem) : assembly.problem;
    if (failed !== null && isSignedOut(failed)) {
      this.signOutExpired();
      return;
    }
    this.unread = failed;
    if (assembly.ok) {
      this.assembly = assembly.body;
      this.speech.digits = assembly.body.digits === 'arab' ? 'arab' : 'latn';
    }
    if (members.ok) this.members = members.body;
  }

  private closeCommand(option: CommandOption): void {
    const { panel } = this;
    if (panel.kind === 'command' && panel.option.command === option.command) this.close();
  }

  async #send(order: Order): Promise<void> {
    const done = await this.orders.run(order);
    const next = this.#waiting;
    this.#waiting = null;
    if (done && next !== null && isOffered(this.view?.commands ?? [], next.option)) {
      await this.#send(next);
    }
  }

  #enter(session: Session): void {
    this.session = session;
    void this.read();
    const socket = new Connection<ConsoleView>({
      url: socketUrl('/ws/v1/console', location),
      hello: () => ({ token: session.token, lang: this.speech.lang, device: 'console' }),
      onView: (view) => this.#receive(view),
      onState: (state) => this.#connected(state),
    });
    this.#socket = socket;
    socket.start();
    this.#tick = setInterval(() => (this.now = socket.clock.now()), 200);
  }

  #receive(view: ConsoleView): void {
    const before = this.view?.ballot?.id;
    const since = this.view?.members_since ?? view.members_since;
    this.view = view;
    if (view.members_since !== since) void this.read();
    // What is announced is what the operator has to look at.
    if (view.ballot !== null && view.ballot.id !== before) {
      this.ballot = null;
      this.item = view.ballot.item ?? this.item;
    }
    this.item ??= view.item?.number ?? view.agenda[0]?.number ?? null;
  }

  #connected(state: ConnectionState): void {
    if (state.is === 'stopped' && state.code === CloseCode.UNAUTHORISED) this.signOutExpired();
    else this.connection = state;
    if (state.is === 'live' && this.unread !== null) void this.read();
  }

  #leave(): void {
    clearInterval(this.#tick);
    this.#socket?.stop();
    this.#socket = null;
    forget(sessionStorage);
    this.session = null;
    this.view = null;
    this.connection = { is: 'connecting' };
    this.panel = { kind: 'none' };
    this.item = null;
    this.ballot = null;
    this.orders.dismiss();
    this.scenes.dismiss();
  }
}

export function provideDesk(desk: Desk): Desk {
  return setContext(DESK, desk);
}

export function useDesk(): Desk {
  return getContext<Desk>(DESK);
}
