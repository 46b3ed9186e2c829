import * as z from 'zod';

/** What one can do here, in the order of the tabs. */
export const FORMS = ['command', 'authorize', 'profile', 'request', 'decisions'] as const;
export type FormId = (typeof FORMS)[number];

export const PROFILE_ASKS = ['set', 'get', 'clear', 'preferences'] as const;
export type ProfileAsk = (typeof PROFILE_ASKS)[number];

/** Ids may be all digits: an address written by hand then holds a number. */
const text = z
  .preprocess(
    value => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
    z.string().min(1).optional(),
  )
  .catch(undefined);

const number = z.int().positive().optional().catch(undefined);

/**
 * The address of the area: what is to be sent to whom, so that a location, a token, a session or an exchange leads here
 * with the form filled in. What cannot be read is left out.
 */
export const SendSearch = z.object({
  link: text,
  form: z.enum(FORMS).optional().catch(undefined),
  /** `START_SESSION`; of the form `command`. */
  command: text,
  location: text,
  evse: text,
  connector: text,
  session: text,
  reservation: text,
  /** Uid. */
  token: text,
  /** TokenType, of the form `authorize`. */
  type: text,
  /** Of the form `profile`. */
  ask: z.enum(PROFILE_ASKS).optional().catch(undefined),
  /** Party it is for: `NL-TNM`. */
  to: text,
  /** Catalogue id, of the form `request`. */
  operation: text,
  /** Id of the object the example is made of. */
  of: text,
  /** An exchange the form is filled in from. */
  again: number,
  /** The run that is shown. */
  run: number,
  /** The exchange whose answer is shown. */
  exchange: number,
});
export type SendSearch = z.infer<typeof SendSearch>;

/** What of an address fills a form in: led here from a location, a token, a session, an exchange. */
export function filledIn({ link: _, form: __, run: ___, exchange: ____, ...rest }: SendSearch): Partial<SendSearch> {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
}

/** What fills a form in, of an address: another one means another beginning of the form. */
export function filling(search: SendSearch): string {
  return JSON.stringify(filledIn(search));
}
