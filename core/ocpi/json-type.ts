/** `application/json`, `application/vnd.x+json`, `text/json`, with parameters. */
export function isJsonType(contentType: string): boolean {
  const essence = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  return essence === 'application/json' || essence === 'text/json' || /^application\/[^/]+\+json$/.test(essence);
}
