import type { ExchangeLine } from '../format/records.ts';

/**
 * Every text of an exchange but its bodies and what faults did, a line each: looked through at once, since nearly always there
 * is nothing in any of them.
 */
export function shortTexts({ request, response, ended, connection, findings, ...line }: ExchangeLine): string {
  const { requestId = '', correlationId = '', fromParty = '', toParty = '', note = '' } = line;
  let text = `${request.method}\n${request.url}\n${requestId}\n${correlationId}\n${fromParty}\n${toParty}\n${note}`;
  text += headerTexts(request.headers);
  if (response) text += `\n${response.statusText}${headerTexts(response.headers)}`;
  for (const { pointer, met, expected } of findings ?? []) text += `\n${pointer}\n${met}\n${expected}`;
  return text + memberTexts(ended) + (connection === undefined ? '' : memberTexts(connection));
}

function headerTexts(headers: ExchangeLine['request']['headers']): string {
  let text = '';
  for (const [name, value] of headers) text += `\n${name}\n${value}`;
  return text;
}

function memberTexts(value: Record<string, unknown>): string {
  let text = '';
  for (const name in value) {
    const one = value[name];
    if (name === 'raw') continue;
    if (typeof one === 'string') text += `\n${one}`;
    else if (typeof one === 'object' && one !== null) text += `\n${JSON.stringify(one)}`;
  }
  return text;
}
