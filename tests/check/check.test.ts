/**
 * The page that checks a ballot: the same answers as `hemicycle check-ballot`, from other code.
 *
 * `tests/secrecy/test_challenge.py` reads the same file and refuses the same texts.
 */
import { readFileSync } from 'node:fs';
import { hexToBytes } from '@noble/hashes/utils.js';
import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { standingIn } from '@web/check/archive';
import { hexOf, isInGroup, P, shortHashOf } from '@web/check/arithmetic';
import { answerTo, chosenIn, type Finding } from '@web/check/making';
import { read, type Claimed, type Fault } from '@web/check/reading';
import { qrPath } from '@web/kiosk_client/web/qr';
import { checkAddress, checkText } from '@web/kiosk_client/web/secrecy/audit';
import { credentialOf } from '@web/kiosk_client/web/secrecy/credential';
import { drawsFrom } from '@web/kiosk_client/web/secrecy/draws';
import { readElection } from '@web/kiosk_client/web/secrecy/election';
import { prepare, tablesFor } from '@web/kiosk_client/web/secrecy/preparing';
import { seal } from '@web/kiosk_client/web/secrecy/sealing';

interface Vectors {
  secret: string;
  elections: {
    name: string;
    election: string;
    ballots: { marks: number[]; seed: string; nonce_seed: string; tracker: string }[];
  }[];
  check: { text: string; address: string };
}

const vectors = JSON.parse(
  readFileSync(new URL('../secrecy/ballots.json', import.meta.url), 'utf8'),
) as Vectors;
const credential = credentialOf(BigInt(vectors.secret));

/** What the seat's own code reveals of each ballot of the vectors. */
function revealedBy(place: number): string[] {
  const asked = vectors.elections[place];
  if (asked === undefined) throw new Error('no such election');
  const election = readElection(asked.election);
  const tables = tablesFor(election);
  return asked.ballots.map(({ marks, seed, nonce_seed }) => {
    const draws = drawsFrom(hexToBytes(nonce_seed));
    const prepared = prepare(election, tables, drawsFrom(hexToBytes(seed)), draws);
    const made = seal(prepared, credential.public, marks);
    return checkText(election.text, credential.public, marks, hexToBytes(seed), made);
  });
}

async function claimed(text: string): Promise<Claimed> {
  const found = await read(text);
  if (found.kind === 'fault') throw new Error(JSON.stringify(found.fault));
  return found.claimed;
}

const answer = async (text: string): Promise<Finding> => answerTo(await claimed(text));

async function faultIn(text: string): Promise<Fault | null> {
  const found = await read(text);
  return found.kind === 'fault' ? found.fault : null;
}

const TOLD = JSON.parse(vectors.check.text) as Record<string, unknown>;
const changed = (change: Record<string, unknown>) => JSON.stringify({ ...TOLD, ...change });

describe('an honest seat', () => {
  it.each(vectors.elections.map(({ name }, place) => [name, place] as const))(
    'stands the check in every ballot: %s',
    async (_, place) => {
      for (const text of revealedBy(place)) expect(await answer(text)).toEqual({ kind: 'holds' });
    },
  );

  it('is told what its ballot holds in the words of the election', async () => {
    const [blank, , two] = revealedBy(1);
    expect(chosenIn(await claimed(blank ?? ''))).toEqual([]);
    expect(chosenIn(await claimed(two ?? ''))).toEqual(['Bruno', 'Dina']);
  });

  it('may give the text, or the address with the text behind its #', async () => {
    const { text, address } = vectors.check;
    const fromText = await claimed(`  ${text}\n`);
    expect(await claimed(`\ufeff${text}\r\n`)).toEqual(fromText);
    expect(await claimed(address)).toEqual(fromText);
    expect(await claimed(address.slice(address.indexOf('#') + 1))).toEqual(fromText);
    expect(await claimed((await checkAddress('file:///C:', text)) ?? '')).toEqual(fromText);
  });
});

describe('a seat that cheats', () => {
  it.each([[[0, 0, 1, 0, 0]], [[1, 0, 0, 0, 0]], [[0, 1, 1, 0, 0]]])(
    'by sealing another vote is found out: %j',
    async (marks) => {
      const found = await answer(changed({ marks }));
      expect(found).toMatchObject({ kind: 'wrong' });
      expect(found.kind === 'wrong' && found.made).not.toBe(TOLD['fingerprint']);
    },
  );

  it('cannot reveal anything else than what it sealed', async () => {
    const other = JSON.parse(revealedBy(1)[2] ?? '') as Record<string, unknown>;
    const election = String(TOLD['election']).replace('Amara', 'Amaro');
    const swaps = {
      seed: other['seed'],
      fingerprint: other['fingerprint'],
      credential: credentialOf(7n).public,
      election,
    };
    for (const [field, value] of Object.entries(swaps)) {
      expect(value).not.toBe(TOLD[field]);
      expect(await answer(changed({ [field]: value })), field).toMatchObject({ kind: 'wrong' });
    }
    expect(await answer(changed({ fingerprint: other['fingerprint'] }))).toMatchObject({
      made: TOLD['fingerprint'],
    });
  });
});

describe('a text that no seat reveals', () => {
  const asked = String(TOLD['election']);
  it.each<[string, Record<string, unknown>]>([
    ['check.format', { format: 'x' }],
    ['check.marks', { marks: [0, 1] }],
    ['check.marks', { marks: [0, 2, 0, 0, 0] }],
    ['check.marks', { marks: [0, true, 0, 0, 0] }],
    ['check.marks', { marks: [0, 1, 1, 1, 1] }],
    ['check.marks', { marks: [0, 0, 0, 0, 0] }],
    ['check.marks', { marks: [1, 1, 0, 0, 0] }],
    ['check.seed', { seed: 'AAAA' }],
    ['check.seed', { seed: '*' }],
    ['check.seed', { seed: `${'A'.repeat(43)}=` }],
    ['check.credential', { credential: '2' }],
    ['check.credential', { credential: `0${credential.public}` }],
    ['check.credential', { credential: `${P + 1n}` }],
    ['check.fingerprint', { fingerprint: 1 }],
    ['check.election', { election: '{}' }],
    ['check.election', { election: asked.replace(',', ', ') }],
    ['check.election', { election: asked.replace('"version":1', '"version":1,"version":1') }],
    ['check.election', { election: asked.replace('Amara', '\\ud800') }],
    ['check.election.version', { election: asked.replace('"version":1', '"version":2') }],
    ['check.election.group', { election: asked.replace('BELENIOS-2048', 'RFC-3526-2048') }],
    [
      'check.election.public_key',
      { election: asked.replace(/"public_key":"\d+"/, '"public_key":"2"') },
    ],
    ['check.election.uuid', { election: asked.replace('E1ection111111', 'short') }],
    ['check.election.questions[0].blank', { election: asked.replace('true', 'null') }],
    ['check.election.questions[0]', { election: asked.replace('"max":3', '"max":9') }],
    ['check', { more: 1 }],
  ])('is refused with its place: %s', async (place, change) => {
    expect(await faultIn(changed(change))).toEqual({ kind: 'field', place });
  });

  it.each([
    ['', 'nothing'],
    ['nonsense', 'unreadable'],
    ['http://hall/check/#', 'unreadable'],
    ['#AAAA', 'unreadable'],
    ['{', 'unreadable'],
    ['<script>alert(1)</script>', 'unreadable'],
    [vectors.check.text.replace(',', ', '), 'unreadable'],
    [vectors.check.text.replace('[0,1,0', '[0,1.0,0'), 'unreadable'],
    [vectors.check.address.slice(0, -40), 'cut_off'],
    [`${vectors.check.address}AAAA`, 'cut_off'],
    ['x'.repeat(1_000_001), 'unreadable'],
  ])('is refused: %.30s', async (text, kind) => {
    expect((await faultIn(text))?.kind).toBe(kind);
  });

  it('is refused where it unfolds without end', async () => {
    const address = await checkAddress('', `{"format":"${' '.repeat(3_000_000)}"}`);
    expect((await faultIn(address ?? ''))?.kind).toBe('unreadable');
  });
});

it('shows text that looks like markup as what it is', async () => {
  const election = String(TOLD['election']).replace('Amara', '<img src=x onerror=alert(1)>');
  const found = await claimed(changed({ election }));
  expect(found.election.asked.answers[0]).toBe('<img src=x onerror=alert(1)>');
});

it('knows the group by itself', () => {
  expect(isInGroup(BigInt(credential.public))).toBe(true);
  expect([0n, P - 1n, P, 2n].map(isInGroup)).toEqual([false, false, false, false]);
});

it('finds an opened ballot in the archive, where it must not be', () => {
  const [sealed, asked] = [shortHashOf('sealed'), shortHashOf('election')];
  const bytes = (text: string) => new TextEncoder().encode(text);
  const ballot = (hash: string) => JSON.stringify({ signature: { hash, proof: {} } });
  const archive = `BELENIOS ${hexOf('election')}.data.json ${ballot(shortHashOf('another'))}`;
  expect(standingIn(bytes(archive), sealed, asked)).toBe('absent');
  const cheated = bytes(`${archive} ${ballot(sealed)}`);
  expect(standingIn(cheated, sealed, asked)).toBe('present');
  expect(standingIn(bytes('BELENIOS'), sealed, asked)).toBe('other_election');
  expect(standingIn(bytes('PK'), sealed, asked)).toBe('no_archive');
});

describe('the code on the screen', () => {
  it('holds the address, to the last letter', () => {
    const code = qrPath(vectors.check.address);
    if (code === null) throw new Error('no code');
    const scale = 3;
    const [width, height] = [code.side * scale, code.side * scale];
    const data = new Uint8Array(width * height * 4).fill(255);
    for (const [, x, y] of code.path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
      for (let dy = 0; dy < scale; dy += 1) {
        const from = ((Number(y) * scale + dy) * width + Number(x) * scale) * 4;
        for (let at = from; at < from + scale * 4; at += 1) if (at % 4 < 3) data[at] = 0;
      }
    }
    expect(decodeQR({ width, height, data })).toBe(vectors.check.address);
  });

  it('is none where no code holds so much', () => {
    expect(qrPath('x'.repeat(2_953))?.side).toBe(177 + 8);
    expect(qrPath('x'.repeat(2_954))).toBeNull();
  });
});
