/**
 * Commands that wait for a second person, of any ballot.
 *
 * Rule: who asked may take it back, and only another person may approve; the hall holds to it. A
 * hall that gives everything to one person tells of none.
 */
import type { Command, ConsoleView } from '@wire/types';

export interface Waiting {
  readonly ballot: string;
  readonly command: Command;
  /** Who asked for it, as the journal names people. */
  readonly by: string;
  readonly at: number;
  readonly reason: string | null;
}

type Told = ConsoleView & { readonly pending?: readonly Waiting[] };

/** What waits, oldest first. */
export function waitingIn(view: ConsoleView): Waiting[] {
  const { pending = [] }: Told = view;
  return [...pending].sort((a, b) => a.at - b.at);
}

/** What a second person says to the hall. */
export interface Approval {
  readonly approve: boolean;
  readonly reason?: string | null;
}
