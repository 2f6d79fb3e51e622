import type { PendingView } from '@wire/types';
import { describe, expect, it } from 'vitest';
import { type Paper, emptySheet, sheetOf } from '@web/server/console/src/paper';
import { waitingIn } from '@web/server/console/src/waiting';

const paper = (more: Partial<Paper>): Paper => ({
  kind: 'motion',
  mode: 'hands',
  candidates: [],
  undecided: [],
  namesPerBallot: 1,
  ...more,
});

const candidate = (id: string) => ({ id, name: { en: id, fr: id, es: id, ar: id } });

describe("a teller's sheet", () => {
  it('has the answers of a motion, and invalid papers only on paper', () => {
    expect(sheetOf(paper({}))).toEqual(['yes', 'no', 'abstain']);
    expect(sheetOf(paper({ mode: 'paper' }))).toEqual(['yes', 'no', 'abstain', 'invalid']);
    expect(sheetOf(paper({ kind: 'attendance' }))).toEqual(['yes']);
  });

  it('has the candidates in ballot order, and the papers where they name more than one', () => {
    const election = paper({
      kind: 'election',
      mode: 'paper',
      candidates: [candidate('c2'), candidate('c1')],
    });
    expect(sheetOf(election)).toEqual(['c2', 'c1', 'blank', 'spoilt']);
    expect(sheetOf({ ...election, namesPerBallot: 2 })).toContain('ballots');
    expect(emptySheet(election)).toEqual({ c2: '', c1: '', blank: '0', spoilt: '0' });
  });
});

describe('what waits for a second person', () => {
  it('is nothing where nothing waits, else the oldest first', () => {
    expect(waitingIn({ pending: [] })).toEqual([]);
    const wait = (ballot: string, at: number): PendingView => ({
      ballot,
      command: 'void',
      by: 'operator:ana',
      at,
      reason: null,
    });
    const view = { pending: [wait('b2', 20), wait('b1', 10)] };
    expect(waitingIn(view).map((each) => each.ballot)).toEqual(['b1', 'b2']);
  });
});
