import { prettyJson } from '../ui/editor/pretty-json.ts';

/** An HTTP message as text with a body that is, or was to be, JSON laid out a member a line, so that two compare well. */
export function laidOut(message: string): string {
  const text = message.replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  if (end < 0) return text;
  const body = text.slice(end + 2);
  return /^\s*[[{]/.test(body) ? `${text.slice(0, end + 2)}${prettyJson(body)}` : text;
}
