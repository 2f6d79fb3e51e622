/**
 * Which picture stands on the display.
 *
 * Rule: the operator picks a scene, but what a ballot's phase forbids is never drawn: an
 * interrupted, doubtful, cancelled or void ballot shows no numbers, a result stands only where
 * there is an outcome, and a board only where the hall was given one. A test vote names nobody.
 */
import type {
  Calling,
  Choice,
  DisplayBallot,
  DisplayView,
  ElectionView,
  Mode,
  OutcomeView,
  Phase,
  Texts,
} from '@wire/types';

/** The ways of deciding that tellers count. */
export type ByTellers = Extract<Mode, 'hands' | 'paper'>;

export type Picture =
  | { readonly is: 'idle' }
  | { readonly is: 'blank' }
  | { readonly is: 'presence' }
  | { readonly is: 'message'; readonly text: Texts }
  | { readonly is: 'question'; readonly ballot: DisplayBallot }
  | { readonly is: 'voting'; readonly ballot: DisplayBallot }
  /** An election that is announced or open; `round` is its declared result. */
  | { readonly is: 'candidates'; readonly ballot: DisplayBallot; readonly election: ElectionView }
  | {
      readonly is: 'round';
      readonly ballot: DisplayBallot;
      readonly election: ElectionView;
      readonly outcome: OutcomeView;
    }
  | { readonly is: 'calling'; readonly ballot: DisplayBallot; readonly calling: Calling }
  | { readonly is: 'tellers'; readonly ballot: DisplayBallot; readonly mode: ByTellers }
  | { readonly is: 'pressing'; readonly ballot: DisplayBallot; readonly asked: Choice | 'present' }
  /** A test, an attendance check or a poll, declared: numbers, and nothing decided. */
  | { readonly is: 'counted'; readonly ballot: DisplayBallot; readonly outcome: OutcomeView }
  | { readonly is: 'closed'; readonly ballot: DisplayBallot }
  | { readonly is: 'result'; readonly ballot: DisplayBallot; readonly outcome: OutcomeView }
  | { readonly is: 'board'; readonly ballot: DisplayBallot; readonly board: string }
  | { readonly is: 'hemicycle'; readonly ballot: DisplayBallot; readonly board: string }
  | { readonly is: 'halted'; readonly ballot: DisplayBallot; readonly how: Halt };

/** Why a ballot does not go on. `in_doubt` is the operator's word: the hall hears "checked". */
export type Halt = 'suspended' | 'in_doubt' | 'cancelled' | 'void';

/** Phases in which a test is before the assembly, so that every scene says TEST. */
const UNDER_WAY: readonly Phase[] = ['announced', 'open', 'suspended', 'in_doubt', 'closed'];

function isTest(ballot: DisplayBallot): boolean {
  return ballot.test || ballot.kind === 'test';
}

/** Whether the screen has to say TEST, whatever else stands on it. */
export function saysTest(ballot: DisplayBallot | null, picture: Picture): boolean {
  if (ballot === null || !isTest(ballot)) return false;
  return 'ballot' in picture || UNDER_WAY.includes(ballot.phase);
}

/** Whether the ballot is one that decides: the others have no rule and no outcome. */
export function decides(ballot: DisplayBallot): boolean {
  return ballot.kind === 'motion' || ballot.kind === 'election';
}

/** The picture of an open ballot, by how the Members answer. */
function whileOpen(ballot: DisplayBallot): Picture {
  const { asked, calling, election, kind, mode } = ballot;
  if (calling !== null) return { is: 'calling', ballot, calling };
  if (election !== null) return { is: 'candidates', ballot, election };
  if (mode === 'hands' || mode === 'paper') return { is: 'tellers', ballot, mode };
  if (kind === 'test' && asked !== null) return { is: 'pressing', ballot, asked };
  if (kind === 'attendance') return { is: 'pressing', ballot, asked: 'present' };
  return { is: 'voting', ballot };
}

function announced(ballot: DisplayBallot): Picture {
  const { election } = ballot;
  return election === null ? { is: 'question', ballot } : { is: 'candidates', ballot, election };
}

function declared(ballot: DisplayBallot): Picture {
  const { election, outcome } = ballot;
  if (outcome === null) return { is: 'closed', ballot };
  if (election !== null) return { is: 'round', ballot, election, outcome };
  if (!decides(ballot)) return { is: 'counted', ballot, outcome };
  return { is: 'result', ballot, outcome };
}

/** The picture that follows from the ballot alone. */
function byPhase(ballot: DisplayBallot): Picture {
  switch (ballot.phase) {
    case 'draft':
    case 'prepared':
      return { is: 'idle' };
    case 'announced':
      return announced(ballot);
    case 'open':
      return whileOpen(ballot);
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
      return declared(ballot);
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
  if (scene === 'question') return announced(ballot);
  const board = ballot.kind === 'test' ? null : ballot.board;
  if ((scene === 'board' || scene === 'hemicycle') && board !== null) {
    return { is: scene, ballot, board };
  }
  return natural;
}

/** That a ballot is closed, in the word for its kind, as a Fluent id. */
export function closedWord(ballot: DisplayBallot): string {
  switch (ballot.kind) {
    case 'attendance':
      return 'display-attendance-closed';
    case 'test':
      return 'display-test-closed';
    case 'motion':
    case 'election':
    case 'poll':
      return 'said-closed';
  }
}

/** What is said once when the ballot moves on, as a Fluent id; null where nothing is said. */
export function spokenOf(ballot: DisplayBallot | null): string | null {
  switch (ballot?.phase) {
    case 'announced':
      return 'said-announced';
    case 'open':
      if (ballot.kind === 'attendance') return 'display-attendance-open';
      if (ballot.mode === 'hands' || ballot.mode === 'paper') return `display-${ballot.mode}`;
      return ballot.last_call ? 'said-last-call' : 'said-open';
    case 'suspended':
      return 'said-suspended';
    case 'in_doubt':
      return 'said-in-doubt';
    case 'closed':
      return closedWord(ballot);
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
