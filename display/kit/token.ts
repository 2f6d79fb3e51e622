/** The token that a pairing link carries: `/kiosk/#token=…`. */

/** Reads a token from the fragment of an address; null where there is none. */
export function tokenIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') || null;
}

const keyOf = (screen: string) => `hemicycle-${screen}-token`;

/**
 * Takes the token out of the address bar at once, so that nobody reads it there or finds it in
 * the history, and keeps it: for this device (the default) or for this tab. '' where there is none.
 */
export function takeToken(screen: string, store: Storage = localStorage): string {
  const given = tokenIn(location.hash);
  if (given === null) return store.getItem(keyOf(screen)) ?? '';
  history.replaceState(null, '', location.pathname + location.search);
  store.setItem(keyOf(screen), given);
  return given;
}

/** Keeps a token that was not in the address, such as one from a sign-in. */
export function keepToken(screen: string, token: string, store: Storage = localStorage): void {
  store.setItem(keyOf(screen), token);
}

/** Forgets a token that the hall no longer takes. */
export function dropToken(screen: string, store: Storage = localStorage): void {
  store.removeItem(keyOf(screen));
}
