import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import { decoded } from '../decoded.ts';
import type { SendSearch } from '../search.ts';

type Filled = Omit<SendSearch, 'run' | 'exchange' | 'again'>;

/** The form of a command, an authorization or a profile as it was when this left; undefined for anything else. */
export function askedAgain({ link, operation, url, request }: ExchangeView): Filled | undefined {
  if (link === null) return undefined;
  const body = parsed(request.body.text);
  const text = (value: unknown, name: string) => {
    const found = isObject(value) ? value[name] : undefined;
    return typeof found === 'string' || typeof found === 'number' ? { [name]: String(found) } : {};
  };
  const of = (name: string, as: keyof Filled) => {
    const found = text(body, name)[name];
    return found === undefined ? {} : { [as]: found };
  };
  const [module = '', what = ''] = operation.split('.');
  if (module === 'commands' && what !== 'result') {
    const uid = text(isObject(body) ? body['token'] : undefined, 'uid')['uid'];
    return {
      link,
      form: 'command',
      command: what.toUpperCase().replaceAll('-', '_'),
      ...of('location_id', 'location'),
      ...of('evse_uid', 'evse'),
      ...of('connector_id', 'connector'),
      ...of('session_id', 'session'),
      ...of('reservation_id', 'reservation'),
      ...(uid !== undefined && { token: uid }),
    };
  }
  const path = URL.parse(url)?.pathname.split('/').filter(Boolean).map(decoded) ?? [];
  if (operation === 'tokens.authorize') {
    const type = URL.parse(url)?.searchParams.get('type');
    return {
      link,
      form: 'authorize',
      token: path.at(-2),
      ...(type && { type }),
      ...of('location_id', 'location'),
    };
  }
  if (module === 'chargingprofiles' && (what === 'set' || what === 'get' || what === 'clear')) {
    return { link, form: 'profile', ask: what, session: path.at(-1) };
  }
  if (operation === 'sessions.put-preferences')
    return { link, form: 'profile', ask: 'preferences', session: path.at(-2) };
  return undefined;
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
