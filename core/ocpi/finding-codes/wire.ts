import type { KnownFinding } from './known-finding.ts';

/** Findings about what only the wire shows: redirects, content codings, what the recording had to change. */
export const WIRE_FINDINGS = {
  'wire.redirect-followed': {
    severity: 'warning',
    section: '1.5',
    meaning: 'The partner answered with a redirect to the same origin, which was followed.',
    advice: 'OCPI URLs are discovered, not redirected: the partner should announce the final URL.',
  },
  'wire.redirect-refused': {
    severity: 'error',
    section: '1.5',
    meaning: 'The partner answered with a redirect that is not safe to follow.',
    advice: 'Use the URL it points to directly, if it is the right one; a token never follows to another origin.',
  },
  'wire.body-coding': {
    severity: 'error',
    section: '1.1',
    meaning: 'The content coding of the body could not be undone.',
    advice: 'The header and the bytes disagree, or more comes out than the limit allows; ask for plain JSON.',
  },
  'history.body-decoded': {
    severity: 'note',
    section: '1.1',
    meaning: 'A compressed body held a token and is kept decoded, with the token sealed.',
    advice: 'Nothing to do: its Content-Encoding header is kept as it was, only the stored bytes are plain.',
  },
  'wire.slash-redirect': {
    severity: 'warning',
    section: 'T11',
    meaning: 'A redirect only adds or takes away a slash at the end of the path.',
    advice: 'Announce the URL that answers. Clients may lose the Authorization header or the body on the way.',
  },
  'wire.slash-decides': {
    severity: 'warning',
    section: 'T11',
    meaning: 'The same path is answered with one spelling of its last slash and not with the other.',
    advice: 'Both spellings should be served; until then call the URL exactly as it was announced.',
  },
  'wire.redirect-lossy': {
    severity: 'warning',
    section: '1.5, T11',
    meaning: 'After a redirect the request came again without its Authorization header, its body or its method.',
    advice: 'The HTTP library dropped them on the way. Call the final URL directly.',
  },
} as const satisfies Record<string, KnownFinding>;
