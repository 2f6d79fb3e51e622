import type { CommandOption, Kind, Mode } from '@wire/types';
import { describe, expect, it } from 'vitest';
import {
  EMPTY,
  bodyOf,
  dashed,
  countsOf,
  formOf,
  isOffered,
  isSame,
  linesFor,
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
  takes: string[] = [],
): CommandOption => ({ command, ballot, hold, needs, takes });

const taking = (command: CommandOption['command'], needs: string[], takes: string[]) =>
  option(command, needs, false, 'b1', takes);

describe('the form of a command', () => {
  it('asks for what the view needs, and for nothing else', () => {
    expect(formOf(option('cancel', ['reason']))).toEqual({
      fields: ['reason'],
      optional: [],
      unknown: [],
    });
    expect(formOf(option('announce'))).toEqual({ fields: [], optional: [], unknown: [] });
  });

  it('says a need that it does not know', () => {
    expect(formOf(option('void', ['witness', 'reason']))).toEqual({
      fields: ['reason'],
      optional: [],
      unknown: ['witness'],
    });
  });

  it('is complete only when each field can be read', () => {
    const form = formOf(option('extend', ['reason', 'seconds']));
    expect(missingIn(form, EMPTY)).toEqual(['seconds', 'reason']);
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

describe('fields that may stay empty', () => {
  it('asks a correction for the Member and the intention, and needs neither', () => {
    const form = formOf(taking('correct', ['text'], ['member', 'intention']));
    expect(form.fields).toEqual(['text', 'member', 'intention']);
    expect(missingIn(form, { ...EMPTY, text: 'Meant yes' })).toEqual([]);
    expect(bodyOf(form, { ...EMPTY, text: 'Meant yes' })).toEqual({ text: 'Meant yes' });
    expect(bodyOf(form, { ...EMPTY, text: 'Meant yes', member: 'FR', intention: 'yes' })).toEqual({
      text: 'Meant yes',
      member: 'FR',
      intention: 'yes',
    });
  });

  it('asks before a further round who has withdrawn, and takes nobody for an answer', () => {
    const next = taking('next_round', [], ['withdrawn']);
    expect(mannerOf(next)).toBe('form');
    expect(formOf(next).fields).toEqual(['withdrawn']);
    expect(bodyOf(formOf(next), EMPTY)).toEqual({});
    expect(bodyOf(formOf(next), { ...EMPTY, withdrawn: ['c2'] })).toEqual({ withdrawn: ['c2'] });
  });

  it('needs what the view needs, even where it may stay empty elsewhere', () => {
    const form = formOf(taking('next_round', ['withdrawn'], ['withdrawn', 'candidates']));
    expect(form.optional).toEqual(['candidates']);
    expect(missingIn(form, EMPTY)).toEqual(['withdrawn']);
  });
});

describe('a drawing of lots', () => {
  const form = formOf(option('lots', ['drawn', 'witnesses']));

  it('names who is new in a round, one a line', () => {
    const round = formOf(taking('next_round', [], ['withdrawn', 'candidates']));
    const filled = { ...EMPTY, candidates: ' A. Adu \n\nB. Bo' };
    expect(bodyOf(round, filled)).toEqual({
      candidates: [{ name: 'A. Adu' }, { name: 'B. Bo' }],
    });
  });

  it('needs names and two witnesses', () => {
    expect(missingIn(form, EMPTY)).toEqual(['drawn', 'witnesses']);
    expect(missingIn(form, { ...EMPTY, drawn: ['c1'], witnesses: 'A. Adu\n  \n' })).toEqual([
      'witnesses',
    ]);
  });

  it('sends the names as they were drawn, and each witness once a line', () => {
    const filled = { ...EMPTY, drawn: ['c3', 'c1'], witnesses: ' A. Adu \n\nB. Bo' };
    expect(bodyOf(form, filled)).toEqual({ drawn: ['c3', 'c1'], witnesses: ['A. Adu', 'B. Bo'] });
  });
});

describe("a teller's count", () => {
  it('is read only where each number stands', () => {
    expect(countsOf({ yes: '3', no: ' 0 ' })).toEqual({ yes: 3, no: 0 });
    expect(countsOf({ yes: '3', no: '' })).toBeNull();
    expect(countsOf({ yes: '-3', no: '1' })).toBeNull();
    expect(countsOf({ yes: '1.5' })).toBeNull();
    expect(countsOf({})).toBeNull();
  });
});

describe('the lines of the menu', () => {
  const labels = (command: CommandOption, mode: Mode, kind: Kind = 'motion') =>
    linesFor(command, { kind, mode }).map((line) => line.label);

  it('offers to interrupt with a reason, beside the key that interrupts at once', () => {
    expect(mannerOf(option('suspend'))).toBe('press');
    expect(
      linesFor(option('suspend'), { kind: 'motion', mode: 'recorded' })[0]?.option.needs,
    ).toEqual(['reason']);
  });

  it('runs again on paper or by roll-call in one action, but not in the mode it is in', () => {
    expect(labels(option('rerun', ['reason', 'mode']), 'recorded')).toEqual([
      'console-rerun-paper',
      'console-rerun-roll-call',
      'command-rerun',
    ]);
    expect(labels(option('rerun', ['reason', 'mode']), 'paper')).not.toContain(
      'console-rerun-paper',
    );
    expect(labels(option('rerun', ['reason']), 'recorded', 'election')).toEqual([
      'console-rerun-paper',
      'command-rerun',
    ]);
    const [paper] = linesFor(option('rerun', ['reason', 'mode']), {
      kind: 'motion',
      mode: 'recorded',
    });
    expect(paper?.start.mode).toBe('paper');
    expect(paper?.option.needs).toEqual(['reason', 'mode']);
  });

  it('lets only a roll-call begin with a given name, and never without a reason', () => {
    expect(labels(option('open', [], true), 'recorded')).toEqual([]);
    const [line] = linesFor(option('open', [], true), { kind: 'motion', mode: 'roll_call' });
    expect(line?.option).toMatchObject({ hold: false, needs: ['start', 'reason'] });
  });

  it('has no line for what stands as a button', () => {
    expect(labels(option('last_call'), 'recorded')).toEqual([]);
    expect(labels(option('extend', ['seconds']), 'recorded')).toEqual([]);
  });
});

describe('what is offered', () => {
  it('is the same command on the same ballot, whatever it needs', () => {
    expect(isSame(option('open'), option('open', ['reason']))).toBe(true);
    expect(isSame(option('open'), option('open', [], false, 'b2'))).toBe(false);
    expect(isOffered([option('declare'), option('void')], option('void', ['reason']))).toBe(true);
    expect(isOffered([option('declare')], option('certify'))).toBe(false);
  });
});
