/**
 * Commands that wait for a second person, of any ballot.
 *
 * Rule: who asked may take it back, and only another person may approve; the hall holds to it. A
 * hall that gives everything to one person tells of none.
 */
import type { ConsoleView, PendingView } from '@wire/types';

/** What waits, oldest first. */
export function waitingIn(view: Pick<ConsoleView, 'pending'>): PendingView[] {
  return [...view.pending].sort((a, b) => a.at - b.at);
}
