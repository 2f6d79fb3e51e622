/*
 * What a seat reveals of a ballot that is checked instead of cast (a Benaloh challenge): enough to
 * make the same ballot again on another machine, from the vote up to the tracker.
 *
 * Rules. The tracker is shown before the delegate says whether to check or to cast, so that the
 * seat cannot know which ballots it has to make honestly. What is revealed is never cast. The
 * nonce of the signature is not revealed, only the signature: the nonce would give the key away.
 */
import { base64 } from './hashing';
import type { Sealed } from './sealing';

/** The version that a check's text begins with. */
export const CHECK_FORMAT = 'hemicycle ballot check 1';

/** The text that another machine needs, with the public election in it. */
export function checkText(
  election: string,
  credential: string,
  marks: readonly number[],
  seed: Uint8Array,
  sealed: Sealed,
): string {
  return JSON.stringify({
    format: CHECK_FORMAT,
    tracker: sealed.tracker,
    marks,
    seed: base64(seed),
    credential,
    signature: {
      challenge: `${sealed.signature.challenge}`,
      response: `${sealed.signature.response}`,
    },
    election,
  });
}

/**
 * The address of the page that checks a ballot, with the text behind the `#`, which no browser
 * sends to any server: deflated (RFC 1951), in URL-safe Base64, so that one QR code holds it.
 */
export async function checkAddress(origin: string, text: string): Promise<string> {
  const deflated = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  return `${origin}/check/#${base64(bytes).replaceAll('+', '-').replaceAll('/', '_')}`;
}
