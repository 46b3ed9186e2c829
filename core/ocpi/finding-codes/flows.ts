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
} as const satisfies Record<string, KnownFinding>;
