import { describe, expect, it } from 'vitest';
import {
  HOLD_MS,
  REST,
  abandon,
  begin,
  pass,
  progress,
  release,
} from '@web/server/console/src/hold';

const started = begin(REST, 100).hold;

describe('hold to confirm', () => {
  it('acts once, when the second is full', () => {
    expect(pass(started, 100 + HOLD_MS - 1).act).toBe(false);
    const full = pass(started, 100 + HOLD_MS);
    expect(full).toEqual({ hold: { at: 'done' }, act: true });
    expect(pass(full.hold, 5000).act).toBe(false);
    expect(release(full.hold, 5000)).toEqual({ hold: REST, act: false });
  });

  it('does nothing when released early, and says so', () => {
    expect(release(started, 100 + HOLD_MS - 1)).toEqual({
      hold: { at: 'released_early' },
      act: false,
    });
  });

  it('acts when the release is the first to notice that the second is full', () => {
    expect(release(started, 100 + HOLD_MS)).toEqual({ hold: REST, act: true });
  });

  it('does not begin again while a key repeats', () => {
    expect(begin(started, 700).hold).toBe(started);
    const done = pass(started, 1100).hold;
    expect(begin(done, 1200).hold).toBe(done);
  });

  it('begins again after an early release', () => {
    expect(begin({ at: 'released_early' }, 9).hold).toEqual({ at: 'holding', since: 9 });
  });

  it('never acts once abandoned', () => {
    expect(release(abandon().hold, 99_999).act).toBe(false);
  });

  it('shows how far it is', () => {
    expect(progress(REST, 0)).toBe(0);
    expect(progress(started, 600)).toBe(0.5);
    expect(progress(started, 50)).toBe(0);
    expect(progress(started, 9000)).toBe(1);
    expect(progress({ at: 'done' }, 0)).toBe(1);
    expect(progress({ at: 'released_early' }, 0)).toBe(0);
  });
});
