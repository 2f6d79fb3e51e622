import { describe, expect, it } from 'vitest';
import type { CeremonyInfo } from '../../server/wire/ts/types';
import { objection, stepsOf } from '../../server/console/src/ceremony';

const begun: CeremonyInfo = {
  number: 7,
  scrutineers: ['ana', 'bo', 'cy'],
  reason: null,
  step: 'certificate',
  messages: { certificate: { ana: '{}', cy: '{}' } },
  trustees: null,
  public_key: null,
};

describe('the key ceremony at the console', () => {
  it('names who is missing at each step', () => {
    expect(stepsOf(begun)).toEqual([
      { step: 'certificate', given: 2, missing: ['bo'] },
      { step: 'polynomial', given: 0, missing: ['ana', 'bo', 'cy'] },
      { step: 'voutput', given: 0, missing: ['ana', 'bo', 'cy'] },
    ]);
  });

  it('is begun with three people, and again with a reason only', () => {
    expect(objection(['ana', 'bo'], null, '')).toBe('three');
    expect(objection(['ana', 'bo', 'bo'], null, '')).toBe('three');
    expect(objection(['ana', 'bo', 'cy'], null, '')).toBeNull();
    expect(objection(['ana', 'bo', 'cy'], begun, '  ')).toBe('reason');
    expect(objection(['ana', 'bo', 'cy'], begun, 'a file was lost')).toBeNull();
  });
});
