import type { FileRead, Skipped, ToldExchange } from '../../core/traffic-import/file-read.ts';

/** Every entry of a file that has to be readable as a file. */
export function tellAll(file: FileRead): { readonly exchanges: ToldExchange[]; readonly skipped: Skipped[] } {
  if (!file.ok) throw new Error(`${file.message} ${file.advice}`);
  const exchanges: ToldExchange[] = [];
  const skipped: Skipped[] = [];
  for (const told of file.entries) {
    if (told.ok) exchanges.push(told.exchange);
    else skipped.push({ where: told.where, reason: told.reason });
  }
  return { exchanges, skipped };
}

/** The only exchange of a file. */
export function tellOne(file: FileRead): ToldExchange {
  const { exchanges, skipped } = tellAll(file);
  const [one] = exchanges;
  if (one === undefined || exchanges.length > 1) throw new Error(`not one exchange: ${JSON.stringify(skipped)}`);
  return one;
}

export function bodyText(message: { readonly body?: Uint8Array } | undefined): string | undefined {
  return message?.body === undefined ? undefined : Buffer.from(message.body).toString('utf8');
}
