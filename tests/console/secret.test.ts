import { describe, expect, it } from 'vitest';
import { disclosedIn, disclosuresOf, waysOf } from '../../server/console/src/motion';
import { secretSteps } from '../../server/console/src/secret';
import type { DisplayBallot, Phase, SecretDesk, SecretProgress } from '../../server/wire/ts/types';

const DESK: SecretDesk = {
  ready: true,
  credentials: 5,
  without: [],
  proving: 0,
  turned_away: [],
};
const PROGRESS: SecretProgress = {
  fingerprint: 'abc',
  accredited: 5,
  signed: [],
  opened: [],
  missing: ['ana', 'bo', 'cy'],
  needed: 2,
  is_open: false,
};

function steps(
  phase: Phase,
  secret: Partial<SecretProgress> | null,
  desk: Partial<SecretDesk> = {},
) {
  const progress = secret === null ? null : { ...PROGRESS, ...secret };
  const ballot = { phase, secret: progress } as DisplayBallot;
  return secretSteps(ballot, { ...DESK, ...desk }).map((step) => step.id.slice(15));
}

describe('what the operator is told of a secret ballot', () => {
  it('says first that the key is missing, and then whose seat is', () => {
    expect(steps('prepared', null, { ready: false })).toEqual(['no-key']);
    expect(steps('prepared', null)).toEqual(['accredited']);
    expect(steps('prepared', null, { without: ['AF'] })).toEqual(['accredited', 'without']);
    expect(secretSteps({ phase: 'prepared', secret: null } as DisplayBallot, null)).toEqual([]);
  });

  it('names who has signed, and how many are still needed', () => {
    expect(steps('announced', {})).toEqual(['accredited', 'unsigned']);
    const one = { signed: ['bo'], missing: ['ana', 'cy'] };
    expect(steps('announced', one)).toEqual(['accredited', 'signed', 'unsigned']);
    const ballot = { phase: 'announced', secret: { ...PROGRESS, ...one } } as DisplayBallot;
    expect(secretSteps(ballot, DESK).at(-1)).toEqual({
      id: 'console-secret-unsigned',
      figures: { n: 1, names: 'ana, cy' },
      waits: true,
    });
    expect(steps('announced', { signed: ['ana', 'bo'] })).toEqual(['accredited', 'signed']);
  });

  it('shows the queue while there is one, and never where it is withheld', () => {
    const signed = { signed: ['ana', 'bo'] };
    expect(steps('open', signed, { proving: 3 })).toContain('proving');
    expect(steps('open', signed, { proving: 0 })).not.toContain('proving');
    expect(steps('open', signed, { proving: null })).not.toContain('proving');
  });

  it('names whose sealed ballots were not taken, by reason', () => {
    const ballot = {
      phase: 'open',
      secret: { ...PROGRESS, signed: ['ana', 'bo'] },
    } as DisplayBallot;
    const told = secretSteps(ballot, {
      ...DESK,
      turned_away: [
        { member: 'AF', reason: 'signature' },
        { member: 'AL', reason: 'replayed' },
        { member: 'DZ', reason: 'signature' },
      ],
    });
    expect(told.slice(-2)).toEqual([
      {
        id: 'console-secret-turned-away-signature',
        figures: { members: 'AF, DZ' },
        waits: true,
      },
      { id: 'console-secret-turned-away-replayed', figures: { members: 'AL' }, waits: true },
    ]);
  });

  it('waits for the opening after the close, and not before', () => {
    const signed = { signed: ['ana', 'bo'] };
    expect(steps('open', signed)).not.toContain('unopened');
    expect(steps('closed', signed)).toContain('unopened');
    const open = { ...signed, opened: ['ana', 'cy'], is_open: true };
    expect(steps('closed', open)).toEqual(['accredited', 'signed', 'opened']);
  });
});

describe('how a secret ballot is prepared', () => {
  it('is offered for motions and elections, and discloses the turnout at most', () => {
    expect(waysOf('motion')).toContain('secret');
    expect(waysOf('election')).toContain('secret');
    expect(waysOf('test')).not.toContain('secret');
    expect(disclosuresOf('secret')).toEqual(['none', 'turnout']);
    expect(disclosedIn('secret', 'individual')).toBe('turnout');
    expect(disclosedIn('secret', 'none')).toBe('none');
    expect(disclosedIn('recorded', 'individual')).toBe('individual');
  });
});
