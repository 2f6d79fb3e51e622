import type { MemberInfo, SeatRow, Texts } from '@wire/types';
import { describe, expect, it } from 'vitest';
import { folded, found, memberRows, onlineIn, stateOf } from '@web/server/console/src/members';

const member = (code: string, name: Texts): MemberInfo => ({
  code,
  region: 'europe',
  name,
  tile: name,
  sort_key: {
    en: folded(name.en),
    fr: folded(name.fr),
    es: folded(name.es),
    ar: folded(name.ar),
  },
  suspended: false,
  approved: true,
  seats: [`S-${code}`],
  weights: {},
  proxy: null,
  delegates: [],
  votes_by: null,
});

const seat = (code: string, more: Partial<SeatRow> = {}): SeatRow => ({
  seat: `S-${code}`,
  member: code,
  online: false,
  present: false,
  suspended: false,
  voted: null,
  assistance: false,
  point_of_order: false,
  refused: 0,
  lang: null,
  ...more,
});

const MEMBERS = [
  member('CV', { en: 'Cabo Verde', fr: 'Cabo Verde', es: 'Cabo Verde', ar: 'كابو فيردي' }),
  member('CI', { en: 'Côte d’Ivoire', fr: 'Côte d’Ivoire', es: 'Côte d’Ivoire', ar: 'كوت ديفوار' }),
  member('DE', { en: 'Germany', fr: 'Allemagne', es: 'Alemania', ar: 'ألمانيا' }),
  member('JO', { en: 'Jordan', fr: 'Jordanie', es: 'Jordania', ar: 'الأردن' }),
];

const rowsWith = (...seats: SeatRow[]) => memberRows(MEMBERS, seats);
const codes = (query: string) => found(rowsWith(), query, 'en').map((row) => row.info.code);

describe('finding a Member', () => {
  it.each([
    ['cote d ivoire', ['CI']],
    ['cote divoire', ['CI']],
    ['CÔTE', ['CI']],
    ['allem', ['DE']],
    ['اردن', ['JO']],
    ['الاردن', ['JO']],
    ['المانيا', ['DE']],
    ['de', ['DE', 'CV']],
    ['s-jo', ['JO']],
    ['zz', []],
  ])('%j finds %j', (query, expected) => {
    expect(codes(query)).toEqual(expected);
  });

  it('lists everybody for an empty search, in the order of the language', () => {
    expect(codes('')).toEqual(['CV', 'CI', 'DE', 'JO']);
    expect(found(rowsWith(), '', 'fr').map((row) => row.info.code)).toEqual([
      'DE',
      'CV',
      'CI',
      'JO',
    ]);
  });
});

describe('the state of a seat', () => {
  it.each([
    ['absent', seat('DE')],
    ['offline', seat('DE', { present: true })],
    ['online', seat('DE', { present: true, online: true })],
    ['silent', seat('DE', { present: true, online: true, voted: false })],
    ['voted', seat('DE', { present: true, online: false, voted: true })],
    ['suspended', seat('DE', { online: true, suspended: true, voted: false })],
  ] as const)('is %s', (state, row) => {
    const found = rowsWith(row).find((each) => each.info.code === 'DE');
    expect(found && stateOf(found)).toBe(state);
  });

  it('counts the seats that are connected', () => {
    expect(onlineIn([seat('DE', { online: true }), seat('JO')])).toBe(1);
  });
});
