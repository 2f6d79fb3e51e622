/**
 * Who is signed in, kept for this tab only.
 *
 * Rule: the token lives in `sessionStorage`, dies with the tab, and is forgotten the moment the
 * hall refuses it or its time is over.
 */
import { ROLE_VALUES, type Role } from '@wire/types';

const KEY = 'hemicycle.session';

export interface Session {
  readonly user: string;
  readonly token: string;
  readonly role: Role;
  readonly expires_at: number;
}

/** The part of `Storage` that is used. */
export type Drawer = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

function isSession(value: unknown): value is Session {
  if (typeof value !== 'object' || value === null) return false;
  const session = value as Record<string, unknown>;
  return (
    typeof session['user'] === 'string' &&
    typeof session['token'] === 'string' &&
    typeof session['expires_at'] === 'number' &&
    ROLE_VALUES.some((role) => role === session['role'])
  );
}

/** The session of this tab, unless it has expired; anything unreadable is forgotten. */
export function recall(drawer: Drawer, now: number): Session | null {
  const stored = drawer.getItem(KEY);
  if (stored === null) return null;
  try {
    const value: unknown = JSON.parse(stored);
    if (isSession(value) && value.expires_at > now) return value;
  } catch {
    // Not JSON: somebody else's text under our key. It is removed below.
  }
  drawer.removeItem(KEY);
  return null;
}

export function keep(drawer: Drawer, session: Session): void {
  drawer.setItem(KEY, JSON.stringify(session));
}

export function forget(drawer: Drawer): void {
  drawer.removeItem(KEY);
}
