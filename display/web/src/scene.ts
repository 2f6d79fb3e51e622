/**
 * Which picture stands on the display.
 *
 * Rule: the operator picks a scene, but what a ballot's phase forbids is never drawn: an
 * interrupted, doubtful, cancelled or void ballot shows no numbers, a result stands only where
 * there is an outcome, and a board only where the hall was given one.
 */
import type { DisplayBallot, DisplayView, OutcomeView, Texts } from '@wire/types';

export type Picture =
  | { readonly is: 'idle' }
  | { readonly is: 'blank' }
  | { readonly is: 'presence' }
  | { readonly is: 'message'; readonly text: Texts }
  | { readonly is: 'question'; readonly ballot: DisplayBallot }
  | { readonly is: 'voting'; readonly ballot: DisplayBallot }
  | { readonly is: 'closed'; readonly ballot: DisplayBallot }
  | { readonly is: 'result'; readonly ballot: DisplayBallot; readonly outcome: OutcomeView }
  | { readonly is: 'board'; readonly ballot: DisplayBallot; readonly board: string }
  | { readonly is: 'hemicycle'; readonly ballot: DisplayBallot; readonly board: string }
  | { readonly is: 'halted'; readonly ballot: DisplayBallot; readonly how: Halt };

/** Why a ballot does not go on. `in_doubt` is the operator's word: the hall hears "checked". */
export type Halt = 'suspended' | 'in_doubt' | 'cancelled' | 'void';

/** The picture that follows from the ballot alone. */
function byPhase(ballot: DisplayBallot): Picture {
  switch (ballot.phase) {
    case 'draft':
    case 'prepared':
      return { is: 'idle' };
    case 'announced':
      return { is: 'question', ballot };
    case 'open':
      return { is: 'voting', ballot };
    case 'suspended':
    case 'in_doubt':
    case 'cancelled':
    case 'void':
      return { is: 'halted', ballot, how: ballot.phase };
    case 'closed':
      return { is: 'closed', ballot };
    case 'declared':
    case 'certified':
    case 'published':
      return ballot.outcome === null
        ? { is: 'closed', ballot }
        : { is: 'result', ballot, outcome: ballot.outcome };
  }
}

export function pictureOf(view: DisplayView): Picture {
  const { scene, ballot } = view;
  switch (scene) {
    case 'blank':
    case 'presence':
    case 'idle':
      return { is: scene };
    case 'message':
      return view.message === null ? { is: 'idle' } : { is: 'message', text: view.message };
    case 'auto':
    case 'question':
    case 'voting':
    case 'closed':
    case 'result':
    case 'board':
    case 'hemicycle':
      break;
  }
  if (ballot === null) return { is: 'idle' };
  const natural = byPhase(ballot);
  if (natural.is === 'halted') return natural;
  if (scene === 'question') return { is: 'question', ballot };
  if ((scene === 'board' || scene === 'hemicycle') && ballot.board !== null) {
    return { is: scene, ballot, board: ballot.board };
  }
  return natural;
}

/** What is said once when the ballot moves on, as a Fluent id; null where nothing is said. */
export function spokenOf(ballot: DisplayBallot | null): string | null {
  switch (ballot?.phase) {
    case 'announced':
      return 'said-announced';
    case 'open':
      return ballot.last_call ? 'said-last-call' : 'said-open';
    case 'suspended':
      return 'said-suspended';
    case 'in_doubt':
      return 'said-in-doubt';
    case 'closed':
      return 'said-closed';
    case 'cancelled':
      return 'said-cancelled';
    case 'void':
      return 'said-void';
    case 'draft':
    case 'prepared':
    case 'declared':
    case 'certified':
    case 'published':
    case undefined:
      return null;
  }
}
