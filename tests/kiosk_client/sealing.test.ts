/**
 * Sealing in the seat: the same ballots as in Python, and no power of anything at the press.
 *
 * `tests/secrecy/test_challenge.py` makes the same ballots from the same file; a tracker is the
 * hash of a whole ballot, so equal trackers are equal bytes.
 */
import { readFileSync } from 'node:fs';
import { hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it, vi } from 'vitest';
import { checkAddress } from '@web/kiosk_client/web/secrecy/audit';
import { accreditationProof, credentialOf } from '@web/kiosk_client/web/secrecy/credential';
import { drawsFrom } from '@web/kiosk_client/web/secrecy/draws';
import { NotAnElection, readElection } from '@web/kiosk_client/web/secrecy/election';
import { exponentiations, isElement } from '@web/kiosk_client/web/secrecy/group';
import { shortFingerprintOf } from '@web/kiosk_client/web/secrecy/hashing';
import type { Keys } from '@web/kiosk_client/web/secrecy/keys';
import { G, P, Q } from '@web/kiosk_client/web/secrecy/parameters';
import { prepare, tablesFor } from '@web/kiosk_client/web/secrecy/preparing';
import { seal, sign } from '@web/kiosk_client/web/secrecy/sealing';
import { Vault, type Answer, type Ask } from '@web/kiosk_client/web/secrecy/vault';

interface Vectors {
  secret: string;
  credential: string;
  fingerprint: string;
  accreditation: { hall: string; member: string; seed: string; proof: string };
  elections: {
    name: string;
    election: string;
    fingerprint: string;
    ballots: {
      marks: number[];
      seed: string;
      nonce_seed: string;
      length: number;
      tracker: string;
    }[];
  }[];
  check: { text: string; address: string };
}

const vectors = JSON.parse(
  readFileSync(new URL('../secrecy/ballots.json', import.meta.url), 'utf8'),
) as Vectors;
const credential = credentialOf(BigInt(vectors.secret));
const draws = (seed: string) => drawsFrom(hexToBytes(seed));
const motion = vectors.elections[0]?.election ?? '';
const election = vectors.elections[1]?.election ?? '';

/** Keys that last as long as the test. */
class KeysInMemory implements Keys {
  readonly kept = new Map<string, bigint>();
  read = (name: string) => Promise.resolve(this.kept.get(name) ?? null);
  keep = (name: string, secret: bigint) => {
    this.kept.set(name, secret);
    return Promise.resolve();
  };
}

async function accredited(keys = new KeysInMemory()): Promise<Vault> {
  const vault = new Vault(keys);
  await vault.answer({ kind: 'accredit', hall: 'h1', member: 'FR' });
  return vault;
}

function sealedOf(answer: Answer | null): Extract<Answer, { kind: 'sealed' }> {
  if (answer?.kind !== 'sealed') throw new Error(`not sealed: ${JSON.stringify(answer)}`);
  return answer;
}

type Vote = Omit<Extract<Ask, { kind: 'enclose' }>, 'kind'>;

async function enclosed(vault: Vault, vote: Vote): Promise<Extract<Answer, { kind: 'enclosed' }>> {
  const answer = await vault.answer({ kind: 'enclose', ...vote });
  if (answer?.kind !== 'enclosed') throw new Error(`not enclosed: ${JSON.stringify(answer)}`);
  return answer;
}

describe('a ballot from known randomness', () => {
  it.each(vectors.elections)('is the same as in Python: $name', (asked) => {
    const read = readElection(asked.election);
    expect(read.fingerprint).toBe(asked.fingerprint);
    const tables = tablesFor(read);
    for (const ballot of asked.ballots) {
      const prepared = prepare(read, tables, draws(ballot.seed), draws(ballot.nonce_seed));
      const before = exponentiations();
      const sealed = sign(seal(prepared, credential.public, ballot.marks), credential.secret);
      expect(exponentiations() - before).toBe(0);
      expect(sealed.text.length).toBe(ballot.length);
      expect(sealed.tracker).toBe(ballot.tracker);
    }
  });

  it('is refused where the question does not allow the marks', () => {
    const read = readElection(election);
    const prepared = prepare(read, tablesFor(read), draws('00'), draws('01'));
    for (const marks of [[], [1, 1, 0, 0, 0], [0, 0, 0, 0, 0], [0, 1, 1, 1, 1], [0, 2, 0, 0, 0]]) {
      expect(() => seal(prepared, credential.public, marks)).toThrow(RangeError);
    }
  });
});

describe('an accreditation', () => {
  it('is the same as in Python', () => {
    const { hall, member, seed, proof } = vectors.accreditation;
    expect(credential.public).toBe(vectors.credential);
    expect(shortFingerprintOf(credential.public)).toBe(vectors.fingerprint);
    expect(accreditationProof(credential, hall, member, draws(seed))).toBe(proof);
  });

  it('keeps one key for a Member of a hall, and another for the next', async () => {
    const keys = new KeysInMemory();
    const asked = async (member: string) => {
      const answer = await new Vault(keys).answer({ kind: 'accredit', hall: 'h1', member });
      return answer?.kind === 'accredited' ? answer.public : null;
    };
    const first = await asked('FR');
    expect(first).toMatch(/^[1-9]\d+$/);
    expect(await asked('FR')).toBe(first);
    expect(await asked('DE')).not.toBe(first);
  });
});

describe('an election', () => {
  it('has parameters of the size and order that they should have', () => {
    expect((P - 1n) % Q).toBe(0n);
    expect(isElement(G)).toBe(true);
    expect(isElement(P - 1n)).toBe(false);
    expect(isElement(0n)).toBe(false);
  });

  const key = /"public_key":"\d+"/;
  it.each([
    ['no JSON', 'x'],
    ['a list', '[]'],
    ['another version', motion.replace('"version":1', '"version":2')],
    ['another group', motion.replace('BELENIOS-2048', 'RFC-3526-2048')],
    ['a key outside the group', motion.replace(key, `"public_key":"${P - 1n}"`)],
    ['a key that is none', motion.replace(key, '"public_key":"01"')],
    ['no question', motion.replace(/"questions":\[.*\],"uuid"/, '"questions":[],"uuid"')],
    ['more to choose than there is', motion.replace('"max":1', '"max":4')],
  ])('is refused with %s', (_, text) => {
    expect(() => readElection(text)).toThrow(NotAnElection);
  });
});

describe('the vault', () => {
  it('takes no power between the touch and the sealed text, once it is prepared', async () => {
    for (const [text, marks] of [
      [motion, [0, 1, 0]],
      [election, [0, 1, 0, 1, 1]],
    ] as const) {
      const vault = await accredited();
      const announced = performance.now();
      await vault.answer({ kind: 'prepare', election: text });
      const touched = performance.now();
      const sealed = sealedOf(
        await vault.answer({ kind: 'seal', id: 'p1', election: text, marks }),
      );
      const took = performance.now() - touched;
      expect(sealed.exponentiations).toBe(0);
      const ahead = (touched - announced).toFixed(1);
      // What a press costs is told, not tested: machines differ.
      process.stdout.write(`ahead ${ahead} ms, at the press ${took.toFixed(1)} ms\n`);
    }
  });

  it('seals without having been prepared, at a cost', async () => {
    const vault = await accredited();
    const answer = await vault.answer({
      kind: 'seal',
      id: 'p1',
      election: motion,
      marks: [1, 0, 0],
    });
    expect(sealedOf(answer).exponentiations).toBeGreaterThan(0);
  });

  it('never seals two votes alike', async () => {
    const vault = await accredited();
    const trackers = new Set<string>();
    for (const id of ['p1', 'p2', 'p3']) {
      const ask = {
        kind: 'seal',
        id,
        election: motion,
        marks: [1, 0, 0],
      } as const;
      trackers.add(sealedOf(await vault.answer(ask)).tracker);
    }
    expect(trackers.size).toBe(3);
  });

  it('shows the fingerprint of what it encloses, and signs it only when it is cast', async () => {
    const vault = await accredited();
    const vote = { id: 'p1', election: motion, marks: [1, 0, 0] };
    const { fingerprint, ...rest } = await enclosed(vault, vote);
    expect(rest).toEqual({ kind: 'enclosed', id: 'p1' });
    const sealed = sealedOf(await vault.answer({ kind: 'sign', id: 'p1' }));
    expect(sealed.exponentiations).toBe(0);
    const ballot = JSON.parse(sealed.text) as { signature: { hash: string } };
    expect(ballot.signature.hash).toBe(fingerprint);
    for (const kind of ['sign', 'audit'] as const) {
      expect((await vault.answer({ kind, id: 'p1' }))?.kind).toBe('failed');
    }
  });

  it('opens only what was enclosed, once, and never signs it', async () => {
    const vault = await accredited();
    const vote = { id: 'p1', election: motion, marks: [1, 0, 0] };
    await vault.answer({ kind: 'seal', ...vote });
    expect((await vault.answer({ kind: 'audit', id: 'p1' }))?.kind).toBe('failed');
    const first = await enclosed(vault, vote);
    expect((await vault.answer({ kind: 'audit', id: 'p2' }))?.kind).toBe('failed');
    const { fingerprint } = await enclosed(vault, vote);
    expect(fingerprint).not.toBe(first.fingerprint);
    const audited = await vault.answer({ kind: 'audit', id: 'p1' });
    if (audited?.kind !== 'audited') throw new Error('not opened');
    const told = JSON.parse(audited.text) as Record<string, unknown>;
    expect(told).toMatchObject({ fingerprint, marks: [1, 0, 0] });
    // Whoever reads it has everything but the signature, and cannot cast it.
    expect(audited.text).not.toMatch(/signature|challenge|response/);
    for (const kind of ['sign', 'audit'] as const) {
      expect((await vault.answer({ kind, id: 'p1' }))?.kind).toBe('failed');
    }
  });

  it('forgets what it enclosed when the check is over', async () => {
    const vault = await accredited();
    for (const kind of ['sign', 'audit'] as const) {
      await enclosed(vault, { id: 'p1', election: motion, marks: [1, 0, 0] });
      await vault.answer({ kind: 'forget' });
      expect((await vault.answer({ kind, id: 'p1' }))?.kind).toBe('failed');
    }
  });

  it('says why it cannot seal', async () => {
    const vault = await accredited();
    expect(await vault.answer({ kind: 'prepare', election: '{}' })).toMatchObject({
      kind: 'failed',
      what: 'prepare',
      why: 'the election is not of version 1',
    });
    const early = await new Vault(new KeysInMemory()).answer({
      kind: 'seal',
      id: 'p1',
      election: motion,
      marks: [1, 0, 0],
    });
    expect(early).toMatchObject({ kind: 'failed', why: 'this seat has no key yet' });
  });
});

it('puts a check into an address that one code holds', async () => {
  const address = await checkAddress('http://hall.example', vectors.check.text);
  expect(address).toBe(vectors.check.address);
  expect(address?.length).toBeLessThan(2_900);
});

it.each([
  ['is missing', undefined],
  [
    'fails',
    function () {
      throw new TypeError('no deflate-raw');
    },
  ],
])('has no address where the means to deflate %s, and does not fail for that', async (_, means) => {
  vi.stubGlobal('CompressionStream', means);
  try {
    expect(await checkAddress('http://hall.example', vectors.check.text)).toBeNull();
  } finally {
    vi.unstubAllGlobals();
  }
});
