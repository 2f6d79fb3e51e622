import { describe, expect, it } from 'vitest';
import { type KeyStroke, HELP, actionOf } from '@web/server/console/src/keyboard';

const stroke = (key: string, more: Partial<KeyStroke> = {}): KeyStroke => ({
  key,
  code: '',
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

describe('the keyboard of the console', () => {
  it.each([
    ['Enter', 'next'],
    ['b', 'bell'],
    ['l', 'last_call'],
    ['p', 'interrupt'],
    ['+', 'extend'],
    ['s', 'silent'],
    ['a', 'assistance'],
    ['q', 'quorum'],
    ['/', 'find'],
    ['d', 'preview'],
    ['f', 'freeze'],
    ['0', 'blank'],
    ['j', 'journal'],
    ['?', 'help'],
    ['1', 'answer_yes'],
    ['2', 'answer_no'],
    ['3', 'answer_abstain'],
    ['4', 'answer_pass'],
  ])('%s asks for %s', (key, action) => {
    expect(actionOf(stroke(key), 'desk')).toBe(action);
  });

  it('takes with Shift+D, and leaves other shifted letters alone', () => {
    expect(actionOf(stroke('D', { shiftKey: true }), 'desk')).toBe('take');
    expect(actionOf(stroke('B', { shiftKey: true }), 'desk')).toBeNull();
  });

  it('understands capitals without Shift (caps lock)', () => {
    expect(actionOf(stroke('B'), 'desk')).toBe('bell');
  });

  it('goes by the place of the key where the layout has no Latin letters', () => {
    expect(actionOf(stroke('لا', { code: 'KeyB' }), 'desk')).toBe('bell');
    expect(actionOf(stroke('ش', { code: 'KeyA' }), 'desk')).toBe('assistance');
    expect(actionOf(stroke('؟', { shiftKey: true, code: 'Slash' }), 'desk')).toBe('help');
  });

  it('goes by the letter where the layout moves it', () => {
    expect(actionOf(stroke('a', { code: 'KeyQ' }), 'desk')).toBe('assistance');
    expect(actionOf(stroke(',', { code: 'KeyM' }), 'desk')).toBeNull();
  });

  it.each(['text', 'dialogue'] as const)('is off in %s', (focus) => {
    for (const key of ['Enter', 'b', '/', '0', '?']) {
      expect(actionOf(stroke(key), focus)).toBeNull();
    }
  });

  it('leaves Enter to a focused control, but not the letters', () => {
    expect(actionOf(stroke('Enter'), 'control')).toBeNull();
    expect(actionOf(stroke('l'), 'control')).toBe('last_call');
  });

  it('leaves the browser its own shortcuts', () => {
    expect(actionOf(stroke('f', { ctrlKey: true }), 'desk')).toBeNull();
    expect(actionOf(stroke('l', { metaKey: true }), 'desk')).toBeNull();
    expect(actionOf(stroke('d', { altKey: true }), 'desk')).toBeNull();
  });

  it('has a line of help for every action', () => {
    expect(HELP).toHaveLength(18);
    expect(new Set(HELP.map((line) => line.label)).size).toBe(HELP.length);
  });
});
