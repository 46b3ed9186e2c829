import type { KnownFinding } from './known-finding.ts';

/** Findings that only a whole flow can make: they need more than one exchange, or what we sent before. */
export const FLOW_FINDINGS = {
  'authorization.partner-wants-other-form': {
    severity: 'warning',
    section: '1.2, T2',
    meaning: 'The partner refused the token in the form of this OCPI version and accepted it in the other form.',
    advice: 'The form that worked is remembered for this link. Tell the partner which form its version asks for.',
  },
  'registration.no-call-back': {
    severity: 'warning',
    section: '3.2, step 6',
    meaning: 'The partner answered the registration without reading our versions and version details.',
    advice: 'It cannot know our endpoints. Ask the partner how it learns them before it calls us.',
  },
  'registration.no-refetch-on-put': {
    severity: 'warning',
    section: '3.2',
    meaning: 'The partner answered a PUT of credentials without reading our versions and version details anew.',
    advice: 'It may go on with old endpoints or an old version. A PUT always calls for reading both again.',
  },
  'registration.old-public-url': {
    severity: 'error',
    section: '3.2',
    meaning: 'The partner still holds an old versions URL of ours.',
    advice: 'Send it the current one with a PUT of credentials: rotate the link.',
  },
  'registration.token-a-again': {
    severity: 'warning',
    section: '3.2, step 7',
    meaning: 'A token A was used after it had died with a registration.',
    advice: 'The partner may have lost its state. Invite the link again to let it register anew.',
  },
  'registration.dead-token': {
    severity: 'warning',
    section: '3.2, T8',
    meaning: 'A token was used that had been replaced or had ended with its registration.',
    advice: 'The partner goes on with an old token: it missed the answer to a PUT, or restored an old state.',
  },
  'registration.switch-missed': {
    severity: 'warning',
    section: 'T8',
    meaning: 'The partner refused the newest token and accepted the one before it.',
    advice: 'It missed the answer to its PUT of credentials. Rotating the tokens brings both sides together again.',
  },
  'registration.suspended': {
    severity: 'note',
    section: '3.2',
    meaning: 'The link is suspended, so the token was refused although it is known.',
    advice: 'Resume the link to let the partner in again.',
  },
  'registration.post-while-registered': {
    severity: 'warning',
    section: '3.2, T8a',
    meaning: 'A partner that is registered sent its credentials with POST again.',
    advice: 'It has probably lost its state. Invite the link again: a fresh token A lets it register anew.',
  },
  'registration.tokens-swapped': {
    severity: 'error',
    section: '3.2, step 8',
    meaning: 'The partner mixes up tokens B and C: each is used in the wrong direction.',
    advice: 'It has to call with the token it received in our credentials, and to accept the one it sent in its own.',
  },
  'registration.token-c-refused': {
    severity: 'error',
    section: '3.2, steps 7 and 8',
    meaning: 'The partner answered the registration with a token that it does not accept.',
    advice: 'It has to store token C before it answers. Ask it to drop the registration, then register again.',
  },
  'credentials.token.not-new': {
    severity: 'error',
    section: '3.2',
    meaning: 'A token that was to be new is one that was in use already.',
    advice: 'Tokens B and C may have been mixed up at the partner: B is for its calls to us, C for ours to it.',
  },
  'authorization.form-varies': {
    severity: 'warning',
    section: '1.2, T2',
    meaning: 'The same token goes in Base64 in one place of this link and plain in another.',
    advice:
      'Ask the partner to read and write the token in one form on all its URLs; until then keep the form that works at each.',
  },
  'registration.token-a-accepted': {
    severity: 'warning',
    section: '3.2, step 7',
    meaning: 'Token A was still accepted after the registration had ended it.',
    advice: 'It has to be refused with 401 from then on: whoever has seen the invitation can still call.',
  },
  'registration.token-c-unused': {
    severity: 'warning',
    section: '3.2, step 8',
    meaning: 'The partner goes on calling with token A although the registration gave it token C.',
    advice: 'It has dropped token C, or never stored it. Invite the link again once it keeps what it is given.',
  },
  'registration.second-post-accepted': {
    severity: 'warning',
    section: '3.2',
    meaning: 'A POST of credentials on a link that is registered was answered with success; 405 is due.',
    advice: 'The registration was overwritten. Tokens and endpoints of before may be dead; PUT is what updates them.',
  },
  'registration.post-after-delete': {
    severity: 'note',
    section: '3.2',
    meaning: 'Credentials were deleted and posted again where a PUT updates them.',
    advice: 'Some hubs know no PUT of credentials. Between the two calls no token is valid.',
  },
  'registration.no-common-version': {
    severity: 'error',
    section: '3.1, T10',
    meaning: 'The list of versions holds none that this platform speaks.',
    advice: 'Compare both lists. 2.1 is not 2.1.1; where nothing is shared the registration has to end with 3002.',
  },
  'registration.unsupported-not-3002': {
    severity: 'warning',
    section: '2, 3.2',
    meaning: 'A registration failed for want of a common version, but was not answered with 3002.',
    advice: 'Answer HTTP 200 with 3002, so that the other side knows that versions are the problem.',
  },
  'hub.error-taken-for-authentication': {
    severity: 'warning',
    section: '2, 1.10',
    meaning: 'A hub could not reach a party, and who asked took that for a refusal of its own token.',
    advice:
      '4001 to 4003 speak of the party behind the hub. Tokens are fine: do not rotate them and do not register again.',
  },
} as const satisfies Record<string, KnownFinding>;
