/**
 * What the Chair watches: the hall's own view, and the Chair's part of it.
 *
 * Rule: read only. The page shows what the view says and asks nothing of the hall but names.
 */
import { byCode } from '@kit/members';
import { Rest } from '@kit/rest';
import type { Speech } from '@kit/speech.svelte';
import { Connection, type ConnectionState, socketUrl } from '@wire/connection';
import { CloseCode, type AssemblyInfo, type DisplayView, type MemberInfo } from '@wire/types';
import * as hall from '../src/hall';
import { isSignedOut } from '../src/problems';
import { type Session, forget, keep, recall } from '../src/session';

export class Watch {
  session = $state.raw<Session | null>(null);
  expired = $state(false);
  view = $state.raw<DisplayView | null>(null);
  connection = $state.raw<ConnectionState>({ is: 'connecting' });
  now = $state(Date.now());
  assembly = $state.raw<AssemblyInfo | null>(null);
  members = $state.raw<readonly MemberInfo[]>([]);

  readonly live = $derived(this.connection.is === 'live');
  readonly byCode = $derived(byCode(this.members));

  readonly #speech: Speech;
  readonly #rest = new Rest(() => this.session?.token ?? '');
  #socket: Connection<DisplayView> | null = null;
  #tick: ReturnType<typeof setInterval> | undefined;

  constructor(speech: Speech) {
    this.#speech = speech;
  }

  resume(): void {
    const session = recall(sessionStorage, Date.now());
    if (session !== null) this.#enter(session);
  }

  signIn(session: Session): void {
    keep(sessionStorage, session);
    this.expired = false;
    this.#enter(session);
  }

  async signOut(): Promise<void> {
    const told = hall.logout(this.#rest);
    this.#leave();
    await told;
  }

  #enter(session: Session): void {
    this.session = session;
    const socket = new Connection<DisplayView>({
      url: socketUrl('/ws/v1/display', location),
      hello: () => ({ token: session.token, lang: this.#speech.lang, device: 'chair' }),
      onView: (view) => (this.view = view),
      onState: (state) => this.#connected(state),
    });
    this.#socket = socket;
    socket.start();
    this.#tick = setInterval(() => (this.now = socket.clock.now()), 200);
  }

  #connected(state: ConnectionState): void {
    if (state.is === 'stopped' && state.code === CloseCode.UNAUTHORISED) {
      this.#leave();
      this.expired = true;
      return;
    }
    this.connection = state;
    if (state.is === 'live' && (this.assembly === null || this.members.length === 0)) {
      void this.#read();
    }
  }

  /** Names are read once a connection stands; until then codes say who it is. */
  async #read(): Promise<void> {
    const [assembly, members] = await Promise.all([
      hall.assembly(this.#rest),
      hall.members(this.#rest),
    ]);
    if (assembly.ok) {
      this.assembly = assembly.body;
      this.#speech.digits = assembly.body.digits === 'arab' ? 'arab' : 'latn';
    } else if (isSignedOut(assembly.problem)) {
      this.#leave();
      this.expired = true;
    }
    if (members.ok) this.members = members.body;
  }

  #leave(): void {
    clearInterval(this.#tick);
    this.#socket?.stop();
    this.#socket = null;
    forget(sessionStorage);
    this.session = null;
    this.view = null;
    this.connection = { is: 'connecting' };
  }
}
