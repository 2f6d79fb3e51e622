/*
 * What this device remembers: its seat's token, language, text size and last receipt.
 *
 * Rule: the choice of a vote is never written to the device; of a receipt it keeps what the hall
 * needs to recognise it, until its ballot is over, and of a sealed vote what the hall signed. A
 * receipt belongs to the token under which it was given.
 */
import { dropToken, keepToken, takeToken } from '@kit/token';
import type { HeldReceipt, Language } from '@wire/types';
import { LANGUAGE_VALUES } from '@wire/types';
import type { SignedReceipt } from './seat/state';

const LANG = 'hemicycle-kiosk-lang';
const SIZE = 'hemicycle-kiosk-size';
const RECEIPT = 'hemicycle-kiosk-receipt';
const SIGNED = 'hemicycle-kiosk-signed';

export const TEXT_SIZES = [1, 2, 3, 4] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

/** The token from the address, of this tab, or of this device, in that order; '' for none. */
export function tokenAtStart(): string {
  const own = takeToken('kiosk', sessionStorage);
  if (own === '') return takeToken('kiosk');
  keepToken('kiosk', own);
  return own;
}

/** Keeps a token for this tab, so that a second tab may be another seat, and for the device. */
export function keepSeatToken(token: string): void {
  keepToken('kiosk', token, sessionStorage);
  keepToken('kiosk', token);
}

/** Forgets a token that the hall no longer takes. */
export function dropSeatToken(): void {
  dropToken('kiosk', sessionStorage);
  dropToken('kiosk');
}

/** The language chosen on this device, else the browser's if it is official, else English. */
export function languageAtStart(): Language {
  const kept = localStorage.getItem(LANG);
  const wanted = [kept, ...navigator.languages.map((lang) => lang.slice(0, 2))];
  for (const lang of wanted) {
    const official = LANGUAGE_VALUES.find((value) => value === lang);
    if (official !== undefined) return official;
  }
  return 'en';
}

export function keepLanguage(lang: Language): void {
  localStorage.setItem(LANG, lang);
}

export function textSizeAtStart(): TextSize {
  const kept = Number(localStorage.getItem(SIZE));
  return TEXT_SIZES.find((size) => size === kept) ?? 1;
}

export function keepTextSize(size: TextSize): void {
  localStorage.setItem(SIZE, String(size));
}

/** Keeps the last receipt across a reload, for the next `hello`. */
export function keepReceipt(token: string, receipt: HeldReceipt): void {
  keep(RECEIPT, token, receipt);
}

/** The last receipt given under this token, or null. */
export function receiptOf(token: string): HeldReceipt | null {
  return kept(RECEIPT, token) as HeldReceipt | null;
}

/** Keeps what the hall signed last for this seat, for who wants to copy it later. */
export function keepSigned(token: string, signed: SignedReceipt): void {
  keep(SIGNED, token, signed);
}

/** What the hall signed last under this token, or null. */
export function signedOf(token: string): SignedReceipt | null {
  return kept(SIGNED, token) as SignedReceipt | null;
}

function keep(name: string, token: string, receipt: unknown): void {
  localStorage.setItem(name, JSON.stringify({ token, receipt }));
}

function kept(name: string, token: string): unknown {
  const text = localStorage.getItem(name);
  if (text === null) return null;
  const { token: owner, receipt } = JSON.parse(text) as { token: string; receipt: unknown };
  return owner === token ? receipt : null;
}

/** Forgets the last receipt. */
export function dropReceipt(): void {
  localStorage.removeItem(RECEIPT);
}
