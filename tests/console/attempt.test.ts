import type { Problem } from '@wire/types';
import { describe, expect, it } from 'vitest';
import { IDLE, type Progress, again, press, settle } from '@web/server/console/src/attempt';
import { recordName } from '@web/server/console/src/hall';
import { fieldErrors, isSignedOut } from '@web/server/console/src/problems';
import { type Drawer, forget, keep, recall } from '@web/server/console/src/session';

const PROBLEM: Problem = {
  type: 'about:blank',
  title: 'Not allowed now',
  status: 409,
  detail: 'The ballot is closed; declare it.',
  code: 'not_allowed_now',
  phase: 'closed',
  allowed: ['declare'],
};

describe('one press of a command', () => {
  const attempt = { key: 'k1', what: 'close' };
  const sending: Progress<string> = { at: 'sending', attempt };
  const silence: Problem = { ...PROBLEM, status: 0, code: 'network' };

  it('cannot be sent twice', () => {
    expect(press(IDLE, 'k1', 'close')).toEqual(attempt);
    expect(press(sending, 'k2', 'close')).toBeNull();
  });

  it.each([0, 500, 503])('keeps its key while the outcome is unknown (%i)', (status) => {
    const unknown = settle(attempt, { ok: false, problem: { ...silence, status } });
    expect(unknown.at).toBe('unknown');
    expect(again(unknown)).toEqual(attempt);
  });

  it('ends with a refusal, and then takes a new key', () => {
    const refused = settle(attempt, { ok: false, problem: PROBLEM });
    expect(refused).toEqual({ at: 'refused', attempt, problem: PROBLEM });
    expect(again(refused)).toBeNull();
    expect(press(refused, 'k2', 'declare')).toEqual({ key: 'k2', what: 'declare' });
  });

  it('is at rest after success', () => {
    expect(settle(attempt, { ok: true, body: {} })).toEqual(IDLE);
  });
});

describe('a problem of the hall', () => {
  it('knows when the person is signed out', () => {
    expect(isSignedOut({ ...PROBLEM, status: 401 })).toBe(true);
    expect(isSignedOut(PROBLEM)).toBe(false);
  });

  it('lists the fields that it names', () => {
    const errors = [
      { field: 'seconds', detail: 'Give 5 to 86400.' },
      { loc: ['title', 'en'], msg: 'Too long.', remedy: 'Shorten it.' },
    ];
    expect(fieldErrors({ ...PROBLEM, errors })).toEqual([
      { field: 'seconds', detail: 'Give 5 to 86400.' },
      { field: 'title.en', detail: 'Too long. Shorten it.' },
    ]);
    expect(fieldErrors(PROBLEM)).toEqual([]);
  });
});

describe('the name of a downloaded record', () => {
  it.each([
    ['b7', 'json', 'fr', 'vote-b7.json'],
    ['b7', 'popolo', 'fr', 'vote-b7.popolo.json'],
    ['b7', 'pdf', 'ar', 'vote-b7-ar.pdf'],
    ['a/../b', 'csv', 'en', 'vote-a_b-en.csv'],
  ] as const)('%s as %s in %s is %s', (id, format, lang, name) => {
    expect(recordName(id, format, lang)).toBe(name);
  });
});

describe('the session of a tab', () => {
  function drawer(): Drawer & { readonly held: Map<string, string> } {
    const held = new Map<string, string>();
    return {
      held,
      getItem: (key) => held.get(key) ?? null,
      setItem: (key, value) => void held.set(key, value),
      removeItem: (key) => void held.delete(key),
    };
  }
  const session = { user: 'ada', token: 't', role: 'operator', expires_at: 1000 } as const;

  it('is recalled until it expires, then forgotten', () => {
    const own = drawer();
    keep(own, session);
    expect(recall(own, 999)).toEqual(session);
    expect(recall(own, 1000)).toBeNull();
    expect(own.held.size).toBe(0);
  });

  it('is forgotten when asked, and when it cannot be read', () => {
    const own = drawer();
    keep(own, session);
    forget(own);
    expect(recall(own, 0)).toBeNull();
    own.setItem('hemicycle.session', '{"user":1}');
    expect(recall(own, 0)).toBeNull();
    own.setItem('hemicycle.session', 'x{');
    expect(recall(own, 0)).toBeNull();
    expect(own.held.size).toBe(0);
  });
});
