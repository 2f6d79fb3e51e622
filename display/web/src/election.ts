/**
 * A round of an election as the hall reads it.
 *
 * Rule: candidates stand in the order of the ballot, which was drawn once, never in the order of
 * their votes. What became of a candidate is told only by a declared outcome.
 */
import type { CandidateView, ElectionView, OutcomeView } from '@wire/types';

/** What became of a candidate in a declared round; `open` where nothing is declared. */
export type Fate = 'elected' | 'stays' | 'leaves' | 'open';

/** How many candidates stand in one column before there are two. */
const ONE_COLUMN = 6;
/** Up to this many, who stays is also said in a line of its own: more leave no room for it. */
const NAMED_BELOW = 12;

export function fateOf(candidate: CandidateView, outcome: OutcomeView | null): Fate {
  if (outcome === null) return 'open';
  if (candidate.elected) return 'elected';
  if (candidate.eliminated) return 'leaves';
  return outcome.outcome === 'next_round' ? 'stays' : 'open';
}

/** The columns and rows of `n` candidates, down the columns. */
export function gridOf(n: number): { readonly columns: number; readonly rows: number } {
  const columns = n > ONE_COLUMN ? 2 : 1;
  return { columns, rows: Math.max(1, Math.ceil(n / columns)) };
}

/** Whether the hall has votes to read: as soon as one candidate's are given. */
export function hasVotes(election: ElectionView): boolean {
  return election.candidates.some(({ votes }) => votes !== null);
}

/** Who goes into the next round, where a line has room to name them. */
export function stayers(election: ElectionView, outcome: OutcomeView): CandidateView[] {
  if (election.candidates.length > NAMED_BELOW) return [];
  return election.candidates.filter((each) => fateOf(each, outcome) === 'stays');
}
