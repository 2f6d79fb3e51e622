import type { Problem } from '@wire/types';
import { describe, expect, it } from 'vitest';
import { failureOf, fieldErrors, isSignedOut } from '@web/server/console/src/answer';
import { IDLE, type Progress, again, press, settle } from '@web/server/console/src/attempt';
import { fileNameIn } from '@web/server/console/src/hall';
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

  it('cannot be sent twice', () => {
    expect(press(IDLE, 'k1', 'close')).toEqual(sending);
    expect(press(sending, 'k2', 'close')).toBeNull();
  });

  it('keeps its key while the outcome is unknown', () => {
    const unknown = settle(attempt, {
      ok: false,
      failure: { kind: 'silence', status: null },
    });
    expect(unknown.at).toBe('unknown');
    expect(again(unknown)).toEqual(sending);
  });

  it('holds an outage of the hall for unknown, too', () => {
    const failure = failureOf(503, { ...PROBLEM, status: 503, code: 'unavailable' });
    expect(settle(attempt, { ok: false, failure }).at).toBe('unknown');
  });

  it('ends with a refusal, and then takes a new key', () => {
    const refused = settle(attempt, { ok: false, failure: failureOf(409, PROBLEM) });
    expect(refused.at).toBe('refused');
    expect(again(refused)).toBeNull();
    expect(press(refused, 'k2', 'declare')).toEqual({
      at: 'sending',
      attempt: { key: 'k2', what: 'declare' },
    });
  });

  it('is at rest after success', () => {
    expect(settle(attempt, { ok: true, value: {} })).toEqual(IDLE);
  });
});

describe('a failed answer', () => {
  it('keeps the words of the hall', () => {
    expect(failureOf(409, PROBLEM)).toEqual({ kind: 'refused', problem: PROBLEM });
  });

  it.each([[undefined], [null], ['<html>'], [{ error: 'x' }], [[]]])(
    'takes %j for silence, not for a refusal',
    (body) => {
      expect(failureOf(502, body)).toEqual({ kind: 'silence', status: 502 });
    },
  );

  it('knows when the person is signed out', () => {
    expect(isSignedOut(failureOf(401, { ...PROBLEM, status: 401 }))).toBe(true);
    expect(isSignedOut(failureOf(409, PROBLEM))).toBe(false);
    expect(isSignedOut(failureOf(401, undefined))).toBe(false);
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
    ['attachment; filename="vote-7.json"', 'vote-7.json'],
    ['attachment; filename=vote.csv; size=3', 'vote.csv'],
    ['inline', null],
    [null, null],
  ])('%j gives %j', (header, name) => {
    expect(fileNameIn(header)).toBe(name);
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
