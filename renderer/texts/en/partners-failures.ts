/** What a run failed of, and what to try. */
export const partnersFailures = {
  'failure-failedAt': 'Failed at: {{step}}',
  'failure-tryThis': 'What to try',
  'failure-retry-again': 'Try again',
  'failure-retry-auto': 'Try both forms of the token',
  'failure-retry-base64': 'Try with the token as Base64',
  'failure-retry-raw': 'Try with the token raw',
  'failure-retry-version': 'Try OCPI {{version}}',
  'failure-retry-token': 'Enter another token',
  'failure-retry-settings': 'Change the settings',
  'failure-retry-invite': 'Invite anew',
  'failure-advice-unknown-token':
    'The token was sent both as Base64 and raw, and refused both times. Most often a token A was used up by an earlier try, belongs to the other environment, or lost a character on its way: ask for a new one. If the server locks out after a wrong form, pin the right one.',
  'failure-advice-token-form':
    'This link sends the token in one form only. Partners often want the other one (by the book 2.1.1 raw, later versions Base64): let the workbench try both.',
  'failure-advice-token-missing':
    'There is no token to call the partner with, or no address. Enter the ones it gave you.',
  'failure-advice-refused':
    'Nothing listens at that address, or a firewall says no. Compare host and port with what the partner sent, try from a network the partner has allowed, and ask whether the service is up.',
  'failure-advice-timeout':
    'No answer came in time. Often a firewall drops the packets of addresses it does not know: give the partner your outgoing address. If the partner is just slow, allow more time in the settings.',
  'failure-advice-dns':
    'The host name is not known here. Look for a typing mistake, a name that only exists inside the partner’s network, or a missing VPN.',
  'failure-advice-unreachable': 'The network has no way there. Check your connection, VPN and proxy.',
  'failure-advice-tls':
    'No encrypted connection came about. For an authority of the partner’s own, set its certificate as the link’s CA; if the partner wants a client certificate, set that. An expired or mismatched certificate only the partner can replace.',
  'failure-advice-reset':
    'The partner ended the connection in the middle. A port that speaks https is sometimes called with http, or a gateway in between refuses. Check the scheme of the URL and try again.',
  'failure-advice-cut':
    'The answer broke off before its end. Try again; if it stays so, the partner or a gateway in front of it cuts answers.',
  'failure-advice-malformed': 'What came back is not HTTP. Check the port and the scheme of the URL.',
  'failure-advice-proxy':
    'The proxy of this link did not let the call through. Check its address and login in the settings.',
  'failure-advice-ocpi-3001':
    'The partner called us back and could not use what it got, or never reached us. Check with the Doctor that our versions URL can be reached from outside, and look at the calls that came in meanwhile: a 401 among them means that token B was written in a form that does not fit.',
  'failure-advice-ocpi-3002':
    'The partner says the two sides have no version in common, or called the endpoint of another one. Try a version that both list.',
  'failure-advice-ocpi-3003':
    'The partner misses modules among our endpoints: what one side sends, the other has to receive. Our parties and their roles decide what we offer; see the settings of our platform.',
  'failure-advice-ocpi-2xxx':
    'The partner finds fault with our request. Its status message says why, as a rule; look at the exchange, then try again or with another version.',
  'failure-advice-ocpi-3xxx':
    'The partner failed inside. Trying later may help; otherwise send it the time and the request id of this exchange.',
  'failure-advice-no-common-version':
    'No version is spoken by both sides. Switch on more versions in the settings of our platform, or ask the partner for one of ours.',
  'failure-advice-no-versions':
    'The address answers, but not with a list of versions. Check that it is the versions URL, not the root of the site or one version’s details.',
  'failure-advice-unusable-details':
    'The version details do not hold what a registration needs. Another version may be in better shape; otherwise show the partner the findings.',
  'failure-advice-already-registered':
    'The partner holds us registered already. Ask it to drop the old registration or to send a new token A, and enter that.',
  'failure-advice-not-registered':
    'The partner does not hold us registered. Ask for a new token A, enter it, and register anew.',
  'failure-advice-not-found':
    'There is nothing at that address. Compare the path with what the partner sent: a missing /versions or a version number too many are usual.',
  'failure-advice-redirect': 'The partner sends us elsewhere. If the new address is right, set it as the versions URL.',
  'failure-advice-http-4xx':
    'The partner, or a gateway in front of it, does not accept the request. The body of the answer often says why.',
  'failure-advice-http-5xx':
    'The partner’s server failed. Trying later may help; otherwise send it the time and the request id of this exchange.',
  'failure-advice-unusable-credentials':
    'The partner answered without credentials that can be worked with. The findings say what is missing; it may hold us registered already.',
  'failure-advice-token-c-refused':
    'The partner does not take the token that it has just given. Ask it to drop the registration, enter a new token A and try again.',
  'failure-advice-our-server':
    'Our own server could not start, so the partner could not have called back. Free the port or choose another one in the settings of our platform.',
  'failure-advice-cancelled': 'You cancelled it. Nothing half-done is kept: the link is as it was before.',
  'failure-advice-interrupted': 'The workbench was closed while it ran. The link is as it was before.',
  'failure-advice-other': 'Look at the exchange, then try again.',
} as const;
