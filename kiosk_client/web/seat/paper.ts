/*
 * A ballot paper of an election while it is filled in: pure steps, none of which sends anything.
 *
 * Rule: names stand in the one order of the ballot, whatever the order in which they were touched;
 * there are never more than the ballot takes; a blank vote is a step of its own, so that nobody
 * casts one by choosing nothing. The paper lives in the memory of this page and nowhere else.
 */
import type { KioskBallot } from '@wire/types';

/** How far the paper is. `full`: one name too many was touched, and was not taken. */
export type PaperStep = 'choose' | 'full' | 'review' | 'blank';

export interface Paper {
  readonly names: readonly string[];
  readonly step: PaperStep;
}

export const NEW_PAPER: Paper = { names: [], step: 'choose' };

/** A paper to change a vote with: it begins with the names that are recorded. */
export function paperOf(names: readonly string[]): Paper {
  return { names, step: 'choose' };
}

/** Whether one more name may be taken. */
export function hasRoom(paper: Paper, ballot: KioskBallot): boolean {
  return paper.names.length < ballot.names_per_ballot;
}

/** A candidate was touched: named, or no longer named. Where one name is asked, it moves. */
export function toggled(paper: Paper, ballot: KioskBallot, id: string): Paper {
  if (paper.step === 'review' || paper.step === 'blank') return paper;
  if (!ballot.candidates.some((candidate) => candidate.id === id)) return paper;
  if (paper.names.includes(id)) {
    return { names: paper.names.filter((name) => name !== id), step: 'choose' };
  }
  if (ballot.names_per_ballot === 1) return { names: [id], step: 'choose' };
  if (!hasRoom(paper, ballot)) return { ...paper, step: 'full' };
  const named = new Set([...paper.names, id]);
  const names = ballot.candidates.map(({ id: each }) => each).filter((each) => named.has(each));
  return { names, step: 'choose' };
}

/** To the review of what is named, or of a blank vote. Nothing to review is no review. */
export function reviewed(paper: Paper, what: 'names' | 'blank'): Paper {
  if (what === 'blank') return { ...paper, step: 'blank' };
  return paper.names.length === 0 ? paper : { ...paper, step: 'review' };
}

/** Back from the review to the candidates; what was named stays. */
export function backToNames(paper: Paper): Paper {
  return { ...paper, step: 'choose' };
}

/** What would be cast: null before the review. A blank vote names nobody. */
export function castable(paper: Paper): readonly string[] | null {
  switch (paper.step) {
    case 'review':
      return paper.names;
    case 'blank':
      return [];
    case 'choose':
    case 'full':
      return null;
  }
}
