/*
 * How a tablet comes by its seat's token.
 *
 * Rule: a token arrives in the fragment of the address (never sent to a server by the browser) or
 * is typed; it leaves the address bar at once.
 */

import { tokenIn } from '@kit/token';

/** The token in what somebody typed or pasted: a bare code or the whole address of a QR code. */
export function tokenInText(text: string): string | null {
  const clean = text.trim();
  const fragment = clean.indexOf('#');
  if (fragment >= 0) return tokenIn(clean.slice(fragment));
  return clean === '' || /\s/.test(clean) ? null : clean;
}
