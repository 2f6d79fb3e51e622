/**
 * What a command's form has to know of its ballot: who can be named, and what tellers count.
 *
 * Rule: names and answers stand in the ballot's order, as on every screen. The hall checks the
 * numbers; this form only asks for all of them.
 */
import type { BallotResponse, DisplayBallot, Kind, Mode, Texts } from '@wire/types';

export interface Named {
  readonly id: string;
  readonly name: Texts;
}

export interface Paper {
  readonly kind: Kind;
  readonly mode: Mode;
  readonly candidates: readonly Named[];
  /** Those who are neither elected nor eliminated yet. */
  readonly undecided: readonly Named[];
  readonly namesPerBallot: number;
}

/** The paper of the ballot on the floor. */
export function paperOf(ballot: DisplayBallot): Paper {
  const candidates = ballot.election?.candidates ?? [];
  return {
    kind: ballot.kind,
    mode: ballot.mode,
    candidates,
    undecided: candidates.filter((each) => !each.elected && !each.eliminated),
    namesPerBallot: ballot.election?.names_per_ballot ?? 1,
  };
}

/** The paper of any other ballot. */
export function paperOfResponse(ballot: BallotResponse): Paper {
  if (ballot.view !== null) return paperOf(ballot.view);
  return {
    kind: ballot.kind,
    mode: ballot.mode,
    candidates: ballot.candidates,
    undecided: ballot.candidates,
    namesPerBallot: ballot.names_per_ballot,
  };
}

/** The keys of a teller's sheet, in the order in which they are asked for. */
export function sheetOf(paper: Paper): string[] {
  if (paper.kind === 'election') {
    const ids = paper.candidates.map((each) => each.id);
    // Where a paper names one candidate, the papers are the sum of the names.
    return [...ids, ...(paper.namesPerBallot > 1 ? ['ballots'] : []), 'blank', 'spoilt'];
  }
  const answers = paper.kind === 'attendance' ? ['yes'] : ['yes', 'no', 'abstain'];
  return paper.mode === 'paper' ? [...answers, 'invalid'] : answers;
}

/** A sheet whose fields are empty, but for those that usually stay at none. */
export function emptySheet(paper: Paper): Record<string, string> {
  const usually = ['blank', 'spoilt', 'invalid'];
  return Object.fromEntries(sheetOf(paper).map((key) => [key, usually.includes(key) ? '0' : '']));
}
