/**
 * What this display knows of the hall: the view of the moment, the assembly, the time.
 *
 * Rule: the view is replaced whole by the connection; nothing here adds to it.
 */
import { Rest } from '@kit/rest';
import { Connection, socketUrl, type ConnectionState } from '@wire/connection';
import type { AssemblyInfo, DisplayView, Language, MemberInfo } from '@wire/types';

const TICK_MS = 200;
const RETRY_MS = 3000;

export class Hall {
  view: DisplayView | null = $state.raw(null);
  connection: ConnectionState = $state.raw({ is: 'connecting' });
  assembly: AssemblyInfo | null = $state.raw(null);
  members: readonly MemberInfo[] = $state.raw([]);
  /** Milliseconds since 1970 on the hall's clock, a few times a second. */
  now: number = $state(Date.now());

  readonly #connection: Connection<DisplayView>;
  readonly #rest: Rest;
  #tick: ReturnType<typeof setInterval> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(token: string, lang: Language) {
    this.#rest = new Rest(() => token);
    this.#connection = new Connection<DisplayView>({
      url: socketUrl('/ws/v1/display', location),
      hello: () => ({ token, lang }),
      onView: (view) => this.#show(view),
      onState: (state) => (this.connection = state),
      // A welcome may come from a hall that was restarted with another assembly.
      onFrame: (frame) => {
        if (frame.type === 'welcome') void this.#learn();
      },
    });
  }

  /** Begins; the answer ends it. */
  start(): () => void {
    this.#connection.start();
    this.#tick = setInterval(() => (this.now = this.#connection.clock.now()), TICK_MS);
    return () => {
      clearInterval(this.#tick);
      clearTimeout(this.#retry);
      this.#connection.stop();
    };
  }

  #show(view: DisplayView): void {
    const before = this.view?.members_since ?? view.members_since;
    this.view = view;
    // Somebody was admitted, or has withdrawn: the board has other places now.
    if (view.members_since !== before) void this.#learn();
  }

  /** Fetches what seldom changes: the assembly's settings and its Members in board order. */
  async #learn(): Promise<void> {
    clearTimeout(this.#retry);
    const [assembly, members] = await Promise.all([
      this.#rest.get<AssemblyInfo>('/assembly'),
      this.#rest.get<MemberInfo[]>('/members'),
    ]);
    if (assembly.ok) this.assembly = assembly.body;
    if (members.ok) this.members = members.body;
    if (!assembly.ok || !members.ok) {
      this.#retry = setTimeout(() => void this.#learn(), RETRY_MS);
    }
  }
}
