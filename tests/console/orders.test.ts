import type { CommandOption } from '@wire/types';
import { describe, expect, it } from 'vitest';
import {
  EMPTY,
  bodyOf,
  dashed,
  formOf,
  mannerOf,
  menuOf,
  missingIn,
  optionFor,
  secondsOf,
  startOf,
  withReason,
} from '@web/server/console/src/orders';

const option = (
  command: CommandOption['command'],
  needs: string[] = [],
  hold = false,
  ballot = 'b1',
): CommandOption => ({ command, ballot, hold, needs });

describe('the form of a command', () => {
  it('asks for what the view needs, and for nothing else', () => {
    expect(formOf(option('cancel', ['reason']))).toEqual({ fields: ['reason'], unknown: [] });
    expect(formOf(option('announce'))).toEqual({ fields: [], unknown: [] });
  });

  it('says a need that it does not know', () => {
    expect(formOf(option('void', ['witness', 'reason']))).toEqual({
      fields: ['reason'],
      unknown: ['witness'],
    });
  });

  it('is complete only when each field can be read', () => {
    const form = formOf(option('extend', ['reason', 'seconds']));
    expect(missingIn(form, EMPTY)).toEqual(['reason', 'seconds']);
    expect(missingIn(form, { ...EMPTY, reason: '  ', seconds: '30' })).toEqual(['reason']);
    expect(missingIn(form, { ...EMPTY, reason: 'Bell', seconds: '30' })).toEqual([]);
  });

  it('sends its fields only, trimmed', () => {
    const form = formOf(option('extend', ['seconds']));
    expect(bodyOf(form, { ...EMPTY, seconds: '45', reason: 'unasked' })).toEqual({ seconds: 45 });
    expect(bodyOf(formOf(option('cancel', ['reason'])), { ...EMPTY, reason: ' A fault ' })).toEqual(
      { reason: 'A fault' },
    );
  });

  it('offers thirty seconds', () => {
    expect(startOf(option('extend', ['seconds'])).seconds).toBe('30');
    expect(startOf(option('cancel', ['reason'])).seconds).toBe('');
  });

  it.each([
    ['1', 1],
    ['86400', 86_400],
    ['0', null],
    ['86401', null],
    ['-5', null],
    ['1.5', null],
    ['', null],
    ['ten', null],
  ])('reads %j seconds as %j', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });
});

describe('how a command is confirmed', () => {
  it('is held where the view says so', () => {
    expect(mannerOf(option('open', [], true))).toBe('hold');
  });
  it('is a form where something is needed, and always to end a vote without a result', () => {
    expect(mannerOf(option('correct', ['text']))).toBe('form');
    expect(mannerOf(option('cancel'))).toBe('form');
    expect(mannerOf(option('void'))).toBe('form');
  });
  it('is the press itself otherwise', () => {
    expect(mannerOf(option('announce'))).toBe('press');
  });
});

describe('the commands that the view offers', () => {
  const options = [option('resume', [], false, 'b2'), option('suspend'), option('cancel')];

  it('finds the first that is allowed on the ballot', () => {
    expect(optionFor(options, 'b1', 'suspend', 'resume')?.command).toBe('suspend');
    expect(optionFor(options, 'b2', 'suspend', 'resume')?.command).toBe('resume');
    expect(optionFor(options, 'b3', 'suspend')).toBeNull();
    expect(optionFor(options, null, 'resume')?.ballot).toBe('b2');
  });

  it('leaves the next one out of the menu', () => {
    expect(menuOf(options, option('suspend'), 'b1').map((each) => each.command)).toEqual([
      'cancel',
    ]);
    expect(menuOf(options, null, 'b1')).toHaveLength(2);
  });

  it('names Fluent ids', () => {
    expect(dashed('last_call')).toBe('last-call');
  });
});

describe('a refusal that a reason overrides', () => {
  it('is the missing quorum, once', () => {
    const open = option('open', [], true);
    const again = withReason(open, 'no_quorum');
    expect(again).toEqual({ ...open, hold: false, needs: ['reason'] });
    expect(again && withReason(again, 'no_quorum')).toBeNull();
    expect(withReason(open, 'not_allowed_now')).toBeNull();
  });
});
