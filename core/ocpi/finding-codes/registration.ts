import type { KnownFinding } from './known-finding.ts';

/** Findings about versions, version details and credentials. */
export const REGISTRATION_FINDINGS = {
  'versions.not-a-list': {
    severity: 'error',
    section: '3.1',
    meaning: 'The versions endpoint did not answer with a list of versions.',
    advice: 'Check the URL: it has to be the versions URL, not a module or the root of the site.',
  },
  'versions.details-for-list': {
    severity: 'warning',
    section: 'T8b',
    meaning: 'The URL given as versions URL leads to the details of one version.',
    advice: 'It can be worked with, but no other version can be found; ask for the versions URL.',
  },
  'versions.entry': {
    severity: 'warning',
    section: '3.1',
    meaning: 'An entry of the list of versions cannot be used and was skipped.',
    advice: 'Each entry needs `version` and an absolute `url`.',
  },
  'versions.number': {
    severity: 'warning',
    section: '3.1, T10',
    meaning: 'A version is not written as text like 2.2.1.',
    advice: 'Write digits and dots in quotes.',
  },
  'versions.duplicate': {
    severity: 'warning',
    section: '3.1',
    meaning: 'A version is listed more than once; the first entry was used.',
    advice: 'A platform with two roles on 2.1.1 has two versions URLs, one for each role.',
  },
  'versions.empty': {
    severity: 'error',
    section: '3.1',
    meaning: 'The list of versions holds no usable entry.',
    advice: 'Nothing can be agreed; the partner may hide versions from this token.',
  },
  'versions.near': {
    severity: 'warning',
    section: '3.1, T10',
    meaning: 'The partner offers 2.2, which is spoken to with the shapes of 2.2.1.',
    advice: 'Mostly compatible; cdr_token without country code and shorter texts are the usual differences.',
  },
  'version-details.not-an-object': {
    severity: 'error',
    section: '3.1',
    meaning: 'The version details are not an object with a list of endpoints.',
    advice: 'Check the URL in the list of versions; it may lead back to that list.',
  },
  'version-details.version': {
    severity: 'warning',
    section: 'T10',
    meaning: 'The version details name another version than the one asked for.',
    advice: 'Often copied from a sample; make sure that the endpoints speak the version agreed.',
  },
  'version-details.endpoint': {
    severity: 'error',
    section: '3.1',
    meaning: 'An endpoint cannot be used and was skipped.',
    advice: 'Each endpoint needs `identifier` and an absolute `url`.',
  },
  'version-details.role.missing': {
    severity: 'error',
    section: '3.1',
    meaning: 'An endpoint does not tell whether it is the SENDER or the RECEIVER interface.',
    advice: 'From 2.2 on the role is required; without it the endpoint will not be called.',
  },
  'version-details.role.unexpected': {
    severity: 'note',
    section: 'T42',
    meaning: 'An endpoint of 2.1.1 names a role, which that version does not have; it was ignored.',
    advice: 'On 2.1.1 one versions URL serves one role.',
  },
  'version-details.duplicate': {
    severity: 'warning',
    section: '3.1',
    meaning: 'The same module and role is listed more than once with different URLs; the first one was used.',
    advice: 'Each pair of module and role may be listed once.',
  },
  'version-details.no-credentials': {
    severity: 'error',
    section: '3.1',
    meaning: 'The credentials endpoint, the only mandatory one, is not listed.',
    advice: 'Without it neither side can register; the partner has to list it.',
  },
  'credentials.not-an-object': {
    severity: 'error',
    section: '3.2',
    meaning: 'There is no credentials object.',
    advice: 'The body of POST and PUT, and `data` of the answer, is the bare object.',
  },
  'credentials.enveloped': {
    severity: 'warning',
    section: '1.4, 3.2',
    meaning: 'The credentials in a request are wrapped in a response envelope.',
    advice: 'Requests hold the bare object; only answers are wrapped.',
  },
  'credentials.flat': {
    severity: 'warning',
    section: '3.2',
    meaning: 'Credentials in the shape of 2.1.1 were sent on a newer version: party at the top, no roles.',
    advice: 'From 2.2 on the parties stand in `roles`; the role of this party is not known.',
  },
  'credentials.roles-on-2-1-1': {
    severity: 'warning',
    section: '3.2',
    meaning: 'Credentials in the shape of 2.2 and later were sent on 2.1.1: a list of roles.',
    advice: 'On 2.1.1 party_id, country_code and business_details stand at the top.',
  },
  'credentials.no-party': {
    severity: 'error',
    section: '3.2',
    meaning: 'The credentials name no party.',
    advice: 'At least one country code and party id is needed to tell who is calling.',
  },
  'credentials.roles.duplicate': {
    severity: 'warning',
    section: '3.2',
    meaning: 'The same role, country code and party id is listed more than once.',
    advice: 'Each combination has to be unique.',
  },
  'credentials.business-details.missing': {
    severity: 'warning',
    section: '3.2',
    meaning: 'A party is listed without business details.',
    advice: 'They are required; the name of the company will be missing in overviews.',
  },
  'credentials.url.details': {
    severity: 'warning',
    section: 'T8b',
    meaning: 'The URL in the credentials leads to the details of one version.',
    advice: 'It has to be the versions URL; where that was known before, it is kept.',
  },
  'credentials.token.empty': {
    severity: 'error',
    section: '3.2',
    meaning: 'The token in the credentials is empty.',
    advice: 'A token of printable characters is needed, else the other side cannot call.',
  },
  'credentials.token.characters': {
    severity: 'warning',
    section: '3.2',
    meaning: 'The token in the credentials holds characters other than printable ASCII.',
    advice: 'Only U+0021 to U+007E are allowed; blanks and accents get lost in headers.',
  },
  'credentials.token.looks-encoded': {
    severity: 'note',
    section: '1.2, T2',
    meaning: 'The token in the credentials looks as if it were Base64 already.',
    advice:
      'In the object it stands plain; it is used as sent, and encoded once for the header where the version wants it.',
  },
  'version-details.credentials-role': {
    severity: 'note',
    section: '3.1, T42',
    meaning: 'The credentials endpoint is not listed once with the role SENDER.',
    advice: 'Its role means nothing and any is accepted; stricter clients look for SENDER, or for no more than one.',
  },
  'versions.look-alike': {
    severity: 'warning',
    section: '3.1, T10',
    meaning: 'The list of versions names 2.1 or 2.2 and not 2.1.1 or 2.2.1, for which it is often mistaken.',
    advice: 'Ask which version is meant: they are different ones, with other objects.',
  },
} as const satisfies Record<string, KnownFinding>;
