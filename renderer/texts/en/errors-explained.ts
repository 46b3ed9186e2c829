/**
 * What failures of the network and of HTTP mean between OCPI partners, and what to try. `-out`: we asked; `-in`: we were
 * asked. OCPI's own codes are explained by core/ocpi/status-codes.
 */
export const errorsExplained = {
  'means-refused': 'connection refused: nothing listens there',
  'try-refused':
    'Compare host and port with the versions URL the partner gave, then ask whether its server is up. A firewall may refuse too.',
  'means-timeout': 'no answer in time',
  'means-timeout-in': 'the request did not come whole in time',
  'try-timeout':
    'Before a connection is made it is as a rule a firewall that drops what it does not allow: give the partner our outgoing address. After that the partner is slow or hangs: send its operator the request id and the time. The limits are settings of the link.',
  'try-timeout-in':
    'The caller announced more than it sent, or its connection hangs: compare Content-Length with the bytes that came. Proxies in between do that as well.',
  'means-dns': 'the host name did not resolve',
  'try-dns':
    'Check the host in the URL for a slip, then whether this computer can resolve names of the partner’s network: VPN, company DNS.',
  'means-unreachable': 'the address cannot be reached',
  'try-unreachable': 'Check the network of this computer first (VPN, routing), then the address.',
  'means-tls': 'no secure connection',
  'try-tls':
    'An example says which: an unknown authority (set its certificate as the link’s CA), a name that does not match, an expired certificate (only the partner can replace it), or a client certificate that is demanded.',
  'means-tls-in': 'no secure connection to us',
  'try-tls-in':
    'The partner does not trust our certificate, or our server demands one of its own. Check the certificate files in the settings, and that its chain is complete.',
  'means-cut': 'the answer ended before it was whole',
  'means-cut-in': 'the connection ended before all was said',
  'try-cut':
    'As a rule a proxy or load balancer in between gave up, or the partner’s process died. Ask for smaller pages if it is always long answers that are cut.',
  'means-reset': 'the connection was reset',
  'try-reset':
    'As a rule a proxy or load balancer in between gave up, or the partner’s process died. A port that speaks https only also does this to http.',
  'means-malformed': 'what came is no HTTP',
  'try-malformed':
    'The Raw tab of an example shows the bytes: another protocol on that port, http where https is spoken, or a broken header line.',
  'means-too-large': 'longer than the limit',
  'try-too-large': 'Raise the limit on the link if so much is really sent, or ask for smaller pages with limit.',
  'try-too-large-in':
    'The partner sends more in one request than we read. OCPI pushes one object at a time: open an example and see what else it holds.',
  'means-proxy': 'the proxy did not let it through',
  'try-proxy':
    'Check the proxy that is set on the link, its user and password, and whether it allows this host and port.',
  'means-cancelled': 'cancelled before there was an answer',
  'try-cancelled':
    'Nothing, if that was meant. Whether the partner acted on the request is not known: look before it is repeated.',
  'means-interrupted': 'the workbench was stopped during the call',
  'try-interrupted':
    'Whether the other side finished what it was asked for is not known: look before it is repeated, above all with credentials.',
  'means-other': 'it ended in a way this page has no words for',
  'try-other': 'Open an example: its overview has what is known of it.',

  'means-400': 'the request could not be read',
  'try-400-out':
    'Look at the request as it was sent: JSON that does not parse, a header written wrongly, a missing Content-Type. Some partners answer 400 where 401 (token) or 2001 (content) is due: read the body of the answer.',
  'try-400-in':
    'The body did not parse as JSON, or the request line or a header could not be read. Open an example: the findings say where. The partner has to mend it.',
  'means-401': 'the token was not accepted',
  'try-401-out':
    'Try the other form of the token on the link: raw in 2.1.1, Base64 from 2.2 on, and many partners do it otherwise. A line feed inside the Base64, token A after the registration, or B and C swapped end the same way. If none of it helps, ask for a new token.',
  'try-401-in':
    'The caller wrote a token that we never issued, one that was replaced, or token A on a module after the registration. Open an example to see what was sent and in which form, and compare with the token ledger of the link.',
  'means-403': 'known, but not allowed this',
  'try-403':
    'Some answer 403 where 401 is due, so check the token first. Then ask whether the module, the party or the caller’s address has to be allowed.',
  'means-404': 'no such URL, or no such object',
  'try-404-out':
    'Compare the URL with the endpoint from the version details, also the slash at its end; then the ids, in upper and lower case as they were received. An unknown charging token is answered 404 by authorize as well. After a PATCH of an object the partner does not have, send a PUT.',
  'try-404-in':
    'The partner asked for a path we do not serve, an object we do not have, or a country code and party id it never announced. Compare the URL of an example with the endpoints we told it: it may have read an older version of them.',
  'means-405': 'the URL is right, the method is not',
  'try-405-out':
    'POST credentials: the partner takes us for registered already; update or unregister, or have it forget us. PUT or DELETE credentials: it takes us for not registered. On a module: it wants a PUT where a PATCH was sent, or does not take pushes.',
  'try-405-in':
    'POST credentials: the link is registered already, the partner should send a PUT, or be unregistered first. PUT or DELETE: it is not registered here. On a module: the method is not offered there.',
  'means-406': 'the Accept header asks for what is not offered',
  'try-406': 'OCPI answers are application/json: send that in Accept, or no Accept at all.',
  'means-409': 'it contradicts what the other side has',
  'try-409': 'Read the object back from the other side and compare ids and last_updated; then send it whole with PUT.',
  'means-411': 'the length of the body was not told',
  'try-411': 'Send Content-Length; some servers do not take chunked bodies.',
  'means-413': 'the body is too large',
  'try-413':
    'Push one object at a time; a proxy in front of the answering side may have a lower limit than it has itself.',
  'means-415': 'the Content-Type is not accepted',
  'try-415': 'Requests with a body need Content-Type: application/json; some servers refuse it with a charset.',
  'means-422': 'a framework refused the body before OCPI saw it',
  'try-422':
    'OCPI would say 200 with 2001. The body of the answer often names the field (“detail”): compare it with the version agreed.',
  'means-426': 'https is demanded',
  'try-426': 'The URL begins with http: ask the partner to announce https URLs.',
  'means-429': 'too many requests',
  'try-429':
    'Slow down and heed Retry-After: pull less often, one module after the other, with larger pages where the partner allows them.',
  'means-500': 'the answering side failed inside',
  'try-500-out':
    'Repeating later may help. Some partners answer 500 for every refusal: look for a status_code or a sentence in the body. Otherwise send its operator the request id and the time.',
  'try-500-in':
    'We failed inside: that is a defect of the workbench. An example has what was asked; a report with it helps to mend it.',
  'means-501': 'the answering side does not implement this',
  'try-501':
    'Leave out this module or method, or agree on when it comes. The version details should not list what is not there.',
  'means-502': 'a proxy got no good answer from the server behind it',
  'try-502':
    'The server behind the proxy is down or being replaced as a rule. Repeat later; if it stays, send the operator the time and the host.',
  'means-503': 'down or overloaded for now',
  'try-503':
    'Repeat later, after Retry-After where it is said. If it comes with every pull, ask for fewer pages at a time.',
  'means-504': 'a proxy waited too long for the server behind it',
  'try-504':
    'The request is too slow there: ask for smaller pages or a narrower date range. Whether it was acted on is not known.',
  'means-4xx': 'refused: the side that asked did something wrong, says the other',
  'try-4xx': 'Read the body of the answer, then compare URL, headers and body with the version agreed.',
  'means-5xx': 'the answering side failed',
  'try-5xx': 'Repeat later; then send its operator the request id and the time.',

  'try-3001-in':
    'We called {{link}} back during its registration and failed. The related exchanges of an example show what our call met: a versions URL that is not reachable from here, a TLS chain, or a token that was refused.',
  'try-3003-in':
    'Modules that we need are missing in the version details of {{link}}. Compare modules and roles of both sides: what one sends, the other has to receive. The required modules are a setting of the link.',
} as const;
