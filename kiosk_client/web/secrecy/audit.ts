/*
 * What a seat reveals of a ballot that is checked instead of cast (a Benaloh challenge): enough to
 * make the same text again on another machine, from the vote up to its fingerprint.
 *
 * Rules. The fingerprint is shown before the delegate says whether to check or to cast, so that the
 * seat cannot know which ballots it has to make honestly. What is revealed was never signed, so
 * that nobody can cast it.
 */
import { base64 } from './hashing';
import type { Unsigned } from './sealing';

/** The version that a check's text begins with. */
export const CHECK_FORMAT = 'hemicycle ballot check 2';

/** The text that another machine needs, with the public election in it. */
export function checkText(
  election: string,
  credential: string,
  marks: readonly number[],
  seed: Uint8Array,
  made: Unsigned,
): string {
  return JSON.stringify({
    format: CHECK_FORMAT,
    fingerprint: made.fingerprint,
    marks,
    seed: base64(seed),
    credential,
    election,
  });
}

/**
 * The address of the page that checks a ballot, with the text behind the `#`, which no browser
 * sends to any server: deflated (RFC 1951), in URL-safe Base64, so that one QR code holds it. Null
 * where this browser cannot deflate: the text alone says as much.
 */
export async function checkAddress(origin: string, text: string): Promise<string | null> {
  let bytes: Uint8Array;
  try {
    const deflated = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  } catch {
    return null;
  }
  return `${origin}/check/#${base64(bytes).replaceAll('+', '-').replaceAll('/', '_')}`;
}
