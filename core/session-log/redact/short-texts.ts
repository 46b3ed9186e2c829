import type { ExchangeLine } from '../format/records.ts';

/**
 * Every text of an exchange but its bodies and what faults did, a line each: looked through at once, since nearly always there
 * is nothing in any of them.
 */
export function shortTexts(line: ExchangeLine): string {
  const { request, response, ended, connection, findings } = line;
  const { requestId = '', correlationId = '', fromParty = '', toParty = '', note = '' } = line;
  // Joined at once: each text that is put behind another would be one more to throw away.
  const texts = [request.method, request.url, requestId, correlationId, fromParty, toParty, note];
  addHeaders(texts, request.headers);
  if (response) {
    texts.push(response.statusText);
    addHeaders(texts, response.headers);
  }
  if (findings) for (const { pointer, met, expected } of findings) texts.push(pointer, met, expected);
  addMembers(texts, ended);
  if (connection) addMembers(texts, connection);
  return texts.join('\n');
}

function addHeaders(texts: string[], headers: ExchangeLine['request']['headers']): void {
  for (const [name, value] of headers) texts.push(name, value);
}

function addMembers(texts: string[], value: Record<string, unknown>): void {
  for (const name in value) {
    const one = value[name];
    if (name === 'raw') continue;
    if (typeof one === 'string') texts.push(one);
    else if (typeof one === 'object' && one !== null) texts.push(JSON.stringify(one));
  }
}
