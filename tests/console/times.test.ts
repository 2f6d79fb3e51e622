import type { DisplayBallot } from '@wire/types';
import { describe, expect, it } from 'vitest';
import { clockwise, elapsedOf, timerOf } from '@web/server/console/src/times';

const words = { en: '', fr: '', es: '', ar: '' };

const ballot = (more: Partial<DisplayBallot>): DisplayBallot => ({
  id: 'b1',
  phase: 'open',
  kind: 'motion',
  mode: 'recorded',
  title: words,
  document: null,
  item: null,
  decision: 'ordinary',
  disclosure: 'counts',
  test: false,
  turnout: null,
  counts: null,
  board: null,
  outcome: null,
  rule: { words, needed_if_all_vote: null, quorum_words: null },
  present: null,
  entitled: null,
  last_call: false,
  opened_at: null,
  closes_at: null,
  auto_close: false,
  remaining: null,
  recording: false,
  reason: null,
  election: null,
  asked: null,
  calling: null,
  secret: null,
  ...more,
});

describe('the timer', () => {
  it('runs, and at zero awaits the Chair', () => {
    expect(timerOf(ballot({ closes_at: 5000 }), 2000)).toEqual({ at: 'running', left: 3000 });
    expect(timerOf(ballot({ closes_at: 5000 }), 5000)).toEqual({ at: 'over' });
    expect(timerOf(ballot({}), 5000)).toEqual({ at: 'none' });
  });

  it('keeps what is left while the voting is interrupted', () => {
    const interrupted = ballot({ phase: 'suspended', closes_at: 1, remaining: 4000 });
    expect(timerOf(interrupted, 9000)).toEqual({ at: 'stopped', left: 4000 });
    expect(timerOf(ballot({ phase: 'suspended' }), 9000)).toEqual({ at: 'none' });
  });

  it('ends with the close', () => {
    expect(timerOf(ballot({ phase: 'closed', closes_at: 5000 }), 2000)).toEqual({ at: 'none' });
  });

  it('counts from the opening while the ballot is open', () => {
    expect(elapsedOf(ballot({ opened_at: 1000 }), 4000)).toBe(3000);
    expect(elapsedOf(ballot({ opened_at: 1000 }), 900)).toBe(0);
    expect(elapsedOf(ballot({ phase: 'closed', opened_at: 1000 }), 4000)).toBeNull();
  });

  it.each([
    [0, 'up', '0:00'],
    [1, 'up', '0:01'],
    [59_001, 'up', '1:00'],
    [59_999, 'down', '0:59'],
    [3_725_000, 'down', '1:02:05'],
  ] as const)('%i ms rounded %s reads %s', (ms, rounding, text) => {
    expect(clockwise(ms, rounding)).toBe(text);
  });
});
