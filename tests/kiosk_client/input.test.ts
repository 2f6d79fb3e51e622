/** Tokens, keys and the edges of a touch. */
import { describe, expect, it } from 'vitest';
import { along, meaningOf, moved, movedInGrid, NAME_KEYS } from '../../kiosk_client/web/seat/keys';
import { nextInRound, scanPace } from '../../kiosk_client/web/seat/scan';
import { tokenInText } from '../../kiosk_client/web/seat/pairing';
import { inside } from '../../kiosk_client/web/seat/touch';

describe('a token', () => {
  it.each([
    ['  abc ', 'abc'],
    ['http://hall:8400/kiosk/#token=abc', 'abc'],
    ['http://hall:8400/kiosk/#', null],
    ['two words', null],
    ['', null],
  ])('in the text %j is %j', (text, token) => {
    expect(tokenInText(text)).toBe(token);
  });
});

describe('a key', () => {
  const stroke = { key: '1', repeat: false, modified: false, typing: false };

  it('1, 2 and 3 choose', () => {
    expect(meaningOf(stroke)).toEqual({ kind: 'choose', index: 0 });
    expect(meaningOf({ ...stroke, key: '3' })).toEqual({ kind: 'choose', index: 2 });
    expect(meaningOf({ ...stroke, key: '4' })).toEqual({ kind: 'none' });
  });

  it('1 to 9 name candidates, where there are names', () => {
    expect(meaningOf({ ...stroke, key: '9' }, NAME_KEYS)).toEqual({ kind: 'choose', index: 8 });
    expect(meaningOf({ ...stroke, key: '0' }, NAME_KEYS)).toEqual({ kind: 'none' });
  });

  it('arrows go over a grid in the direction of reading, and stop at its edges', () => {
    expect(meaningOf({ ...stroke, key: 'ArrowLeft' })).toEqual({ kind: 'across', by: 'left' });
    expect([along('right', 'ltr'), along('right', 'rtl')]).toEqual([1, -1]);
    expect([along('left', 'ltr'), along('left', 'rtl')]).toEqual([-1, 1]);
    expect(movedInGrid(-1, 2, 5)).toBe(0);
    expect(movedInGrid(-1, -2, 5)).toBe(4);
    expect([movedInGrid(0, 2, 5), movedInGrid(3, 2, 5), movedInGrid(1, -2, 5)]).toEqual([2, 3, 1]);
  });

  it('Escape leaves, even from a text', () => {
    expect(meaningOf({ ...stroke, key: 'Escape' })).toEqual({ kind: 'leave' });
    expect(meaningOf({ ...stroke, key: 'Escape', typing: true })).toEqual({ kind: 'leave' });
  });

  it.each(['1', '2', '3', 'Enter', ' '])('held down does nothing more: %j', (key) => {
    expect(meaningOf({ ...stroke, key, repeat: true })).toEqual({ kind: 'swallow' });
  });

  it('belongs to the text field or the browser where they want it', () => {
    expect(meaningOf({ ...stroke, typing: true })).toEqual({ kind: 'none' });
    expect(meaningOf({ ...stroke, modified: true })).toEqual({ kind: 'none' });
  });

  it('arrows move between the choices and stop at the ends', () => {
    expect(meaningOf({ ...stroke, key: 'ArrowDown' })).toEqual({ kind: 'move', by: 1 });
    expect([
      moved(-1, 1, 3),
      moved(-1, -1, 3),
      moved(0, -1, 3),
      moved(1, 1, 3),
      moved(2, 1, 3),
    ]).toEqual([0, 2, 0, 2, 2]);
  });
});

describe('scanning', () => {
  it.each([
    ['?scan=1500', 1500],
    ['?scan=1', null],
    ['?scan=99999', null],
    ['?scan=fast', null],
    ['?scan', null],
    ['', null],
  ])('in the address %j has the pace %j', (search, pace) => {
    expect(scanPace(search)).toBe(pace);
  });

  it('goes round and round', () => {
    expect([nextInRound(-1, 3), nextInRound(0, 3), nextInRound(2, 3)]).toEqual([0, 1, 0]);
  });
});

describe('a touch', () => {
  const edges = { left: 10, top: 10, right: 20, bottom: 20 };

  it('ends inside or does not count', () => {
    expect(inside(edges, 10, 20)).toBe(true);
    expect(inside(edges, 15, 21)).toBe(false);
    expect(inside(edges, 9.5, 15)).toBe(false);
  });
});
