/** The delegation's card at the tablet: the same as in Python, and of use with its PIN only. */
import { readFileSync } from 'node:fs';
import { hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it, vi } from 'vitest';
import { digitsOf, newPin, unwrapped, wrapped } from '../../kiosk_client/web/secrecy/card';
import { credentialOf } from '../../kiosk_client/web/secrecy/credential';
import type { Keys } from '../../kiosk_client/web/secrecy/keys';
import { Vault } from '../../kiosk_client/web/secrecy/vault';

// A PIN is costly to try, as it must be, and the machine may have other work.
vi.setConfig({ testTimeout: 20_000 });

const vector = JSON.parse(
  readFileSync(new URL('../kiosk/card.json', import.meta.url), 'utf8'),
) as Record<'secret' | 'hall' | 'member' | 'pin' | 'salt' | 'card', string>;
const { hall, member, pin, card } = vector;
const secret = BigInt(vector.secret);

class KeysInMemory implements Keys {
  readonly kept = new Map<string, bigint>();
  read = (name: string) => Promise.resolve(this.kept.get(name) ?? null);
  keep = (name: string, kept: bigint) => {
    this.kept.set(name, kept);
    return Promise.resolve();
  };
}

describe("the delegation's card", () => {
  it('is the one that Python makes', async () => {
    expect(await wrapped(secret, hall, member, pin, hexToBytes(vector.salt))).toBe(card);
    expect(await unwrapped(card, hall, member, pin)).toEqual({ kind: 'key', secret });
  });

  it('is read as people type it', async () => {
    const spaced = card.toLowerCase().replaceAll(/(.{5})/g, '$1-');
    expect(await unwrapped(spaced, hall, member, '١٢٣٤ ٥٦٧٨ ٩٠١٢')).toEqual({
      kind: 'key',
      secret,
    });
  });

  it('opens with its own PIN only, at its own seat only', async () => {
    expect(await unwrapped(card, hall, member, '123456789013')).toEqual({ kind: 'wrong_pin' });
    for (const other of ['12345678', '12345678901', '1234567890123']) {
      expect(await unwrapped(card, hall, member, other)).toEqual({ kind: 'wrong_pin' });
    }
    expect(await unwrapped(card, hall, 'AL', pin)).toEqual({ kind: 'other_seat' });
    expect(await unwrapped(card, 'another', member, pin)).toEqual({ kind: 'other_seat' });
    for (const text of ['', 'hello', card.slice(0, -1), `${card}A`, `1${card.slice(1)}`]) {
      expect(await unwrapped(text, hall, member, pin)).toEqual({ kind: 'no_card' });
    }
  });

  it('has one spelling, whatever foreign stands between its letters', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const place = letters.indexOf(card.slice(-1));
    const other = `${card.slice(0, -1)}${letters[place + 1] ?? ''}`;
    expect(await unwrapped(other, hall, member, pin)).toEqual({ kind: 'no_card' });
    const foreign = `é٣${card.slice(0, 7)}ß·${card.slice(7)}`;
    expect(await unwrapped(foreign, hall, member, pin)).toEqual({ kind: 'key', secret });
  });

  it('has a PIN that is drawn', () => {
    const pins = new Set(Array.from({ length: 20 }, newPin));
    expect(pins.size).toBe(20);
    expect([...pins].every((each) => digitsOf(each).length === 12)).toBe(true);
  });

  it('moves a key from one vault to another, and only the accredited one', async () => {
    const old = new Vault(new KeysInMemory());
    const keys = new KeysInMemory();
    const fresh = new Vault(keys);
    const first = await old.answer({ kind: 'accredit', hall, member });
    const second = await fresh.answer({ kind: 'accredit', hall, member });
    const made = await old.answer({ kind: 'card' });
    if (first?.kind !== 'accredited' || second?.kind !== 'accredited' || made?.kind !== 'card') {
      throw new Error('the vaults did not answer');
    }
    const take = { kind: 'take_card', text: made.text, pin: made.pin } as const;
    expect(await fresh.answer({ ...take, expected: second.public })).toEqual({
      kind: 'card_refused',
      why: 'other_key',
    });
    expect(await fresh.answer({ ...take, pin: '000000000000', expected: first.public })).toEqual({
      kind: 'card_refused',
      why: 'wrong_pin',
    });
    expect([...keys.kept.values()].map((each) => credentialOf(each).public)).toEqual([
      second.public,
    ]);
    expect(await fresh.answer({ ...take, expected: first.public })).toMatchObject({
      kind: 'accredited',
      public: first.public,
    });
    expect([...keys.kept.values()].map((each) => credentialOf(each).public)).toEqual([
      first.public,
    ]);
  });
});
