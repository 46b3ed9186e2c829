/** Chapters of the OCPI documents by the sections the workbench refers to, for people who have only those documents. */
const SECTIONS: Readonly<Record<string, string>> = {
  '0.2': 'Types and cardinality (chapter Terminology and definitions)',
  '1.1': 'JSON over HTTP (chapter Transport and format)',
  '1.2': 'Authorization header (chapter Transport and format)',
  '1.3': 'Unique message ids and request headers (chapter Transport and format)',
  '1.4': 'Response format (chapter Transport and format)',
  '1.5': 'Errors and HTTP status codes (chapter Transport and format)',
  '1.6': 'Pagination (chapter Transport and format)',
  '1.7': 'PUT, PATCH, POST and DELETE (chapter Transport and format)',
  '1.8': 'Client owned object push (chapter Transport and format)',
  '1.9': 'Absent and null properties (chapter Transport and format)',
  '1.10': 'Message routing (chapter Transport and format)',
  '1.11': 'Offline behaviour (chapter Transport and format)',
  '2': 'Chapter Status codes',
  '3.1': 'Chapter Versions',
  '3.2': 'Chapter Credentials',
  '5': 'Chapter Types',
  '6.1': 'Chapter Locations',
  '6.2': 'Chapter Sessions',
  '6.3': 'Chapter CDRs',
  '6.4': 'Chapter Tariffs',
  '6.5': 'Chapter Tokens',
  '6.6': 'Chapter Commands',
  '6.7': 'Chapter ChargingProfiles',
  '6.8': 'Chapter HubClientInfo',
  '6.9': 'Chapter Invoice reconciliation',
  '6.10': 'The document Payments',
  '6.11': 'The document Bookings',
  '7': 'What changed from version to version (chapter Changelog)',
};

/** Places where the documents are ambiguous or contradict their own samples. */
const TRAPS: Readonly<Record<string, string>> = {
  T1: 'the samples of the Authorization header hold a line feed in the Base64 text',
  T2: 'whether the token is Base64-encoded changed between versions',
  T3: 'how dates and times may be written',
  T5: 'how answers and results of commands are wrapped',
  T5a: 'spaces and case of the keyword Token',
  T5b: 'when results of commands come, and how often',
  T6a: 'types of the fields of the response format',
  T7: 'an unknown token is answered with 404 and with 2004',
  T8: 'which token is valid during a PUT of credentials',
  T8a: 'a POST of credentials when registered already',
  T8b: 'which URL stands in the credentials',
  T9: 'when an HTTP error is due, and when an OCPI status code',
  T10: 'version numbers a client has never heard of',
  T11: 'the slash at the end of URLs',
  T14: 'response_url within a query string',
  T15a: 'the order of dates and times',
  T16: 'spelling of countries and coordinates',
  T17: 'whether a PATCH merges or replaces lists',
  T17a: 'a PATCH that names another id',
  T18: 'the unit of the energy volumes',
  T19: 'when the status of a session may change',
  T20: 'samples that do not fit their tables',
  T20a: 'required properties that samples leave out',
  T20b: 'a tariff that does not tell whether taxes are included',
  T21: 'the shape of prices',
  T22: 'the party in URL, body and routing headers',
  T23: 'lengths that grew with a correction',
  T24: 'times of day at midnight',
  T26: 'the spelling of evse_id and contract_id',
  T27: 'upper and lower case of ids',
  T28: 'lists that are empty, null, or no list',
  T28a: 'opening times that say two things',
  T30: 'the shape of the parking of an EVSE',
  T30a: 'values that are not in a closed list',
  T32: 'the samples of Payments',
  T33: 'what a booking request needs',
  T36: 'the shape of answers about charging profiles',
  T37: 'how step_size is applied',
  T38: 'credit CDRs',
  T39: 'details of pagination',
  T40: 'when routing headers are due',
  T41: 'message ids that are absent',
  T42: 'the role of the credentials endpoint',
  T43: 'the Location header of a stored CDR',
  T45: 'how numbers are written',
};

/**
 * What a reference of the workbench (`1.5, T9`) stands for in the OCPI documents, part by part; what is not known is
 * left out.
 */
export function clauseWords(section: string): string[] {
  return section
    .split(/,\s*|\s+and\s+/)
    .map(part => part.trim())
    .flatMap(part => {
      const chapter = SECTIONS[part];
      const trap = TRAPS[part];
      return chapter ?? (trap === undefined ? [] : `a known ambiguity of the documents: ${trap}`);
    });
}
