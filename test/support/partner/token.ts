/** How a token is written behind the word `Token` (digest 1.2, traps T1 and T2). */
export type TokenForm = 'raw' | 'base64' | 'base64+lf';

const FORMS: readonly TokenForm[] = ['raw', 'base64', 'base64+lf'];

/** The whole value of an Authorization header. */
export function authorization(token: string, form: TokenForm): string {
  return `Token ${written(token, form)}`;
}

export interface ReadToken {
  token: string;
  form: TokenForm;
}

/**
 * Which of the tokens an Authorization value carries and how it was written, or undefined. Nothing is decoded: every
 * known token is written in every form and compared, so a token that happens to look like Base64 is never misread.
 */
export function readAuthorization(value: string | undefined, tokens: readonly string[]): ReadToken | undefined {
  for (const token of tokens) {
    for (const form of FORMS) if (authorization(token, form) === value) return { token, form };
  }
  return undefined;
}

function written(token: string, form: TokenForm): string {
  if (form === 'raw') return token;
  return Buffer.from(form === 'base64+lf' ? `${token}\n` : token, 'utf8').toString('base64');
}
